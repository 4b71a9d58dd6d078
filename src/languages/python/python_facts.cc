#include "languages/python/python_facts.h"

#include <tuple>

namespace slim {
namespace {

using cache::RecordReader;
using cache::RecordWriter;

using Texts = std::vector<std::string>;

bool is_empty(const PythonFacts& facts) {
  const bool says_something = facts.bytecode || facts.reads_source || facts.asks_own_file ||
                              facts.asks_module_paths || facts.attaches_stub || facts.is_opaque ||
                              facts.defines_tests;
  return !says_something && facts.source_names.empty() && facts.decorators.empty() &&
         facts.library_lookups.empty() && facts.source_mentions.empty() && facts.compiler_words.empty();
}

}  // namespace

const PythonFacts& python_facts(const FileFacts& facts) {
  static const PythonFacts nothing;
  const LanguageRecord* record = facts.records.find(Language::python);
  return record == nullptr ? nothing : static_cast<const PythonFacts&>(*record);
}

void put_python_facts(PythonFacts record, FileFacts& facts) {
  if (!is_empty(record))
    facts.records.put(Language::python, std::make_shared<const PythonFacts>(std::move(record)));
}

void write_python_facts(const FileFacts& file, RecordWriter& out) {
  const PythonFacts& facts = python_facts(file);
  out.flag(facts.bytecode.has_value());
  if (facts.bytecode) out.number(*facts.bytecode);
  for (const bool flag : {facts.reads_source, facts.asks_own_file, facts.asks_module_paths,
                          facts.attaches_stub, facts.is_opaque, facts.defines_tests})
    out.flag(flag);
  for (const Texts* list : {&facts.source_names, &facts.decorators, &facts.library_lookups,
                            &facts.source_mentions, &facts.compiler_words})
    cache::write_list(out, *list, [&](const std::string& text) { out.text(text); });
}

void read_python_facts(RecordReader& in, FileFacts& file) {
  PythonFacts facts;
  if (in.flag()) facts.bytecode = in.number<python::BytecodeHeader>();
  for (bool* flag : {&facts.reads_source, &facts.asks_own_file, &facts.asks_module_paths,
                     &facts.attaches_stub, &facts.is_opaque, &facts.defines_tests})
    *flag = in.flag();
  for (Texts* list : {&facts.source_names, &facts.decorators, &facts.library_lookups, &facts.source_mentions,
                      &facts.compiler_words})
    *list = cache::read_list<std::string>(in, [&] { return in.text(); });
  put_python_facts(std::move(facts), file);
}

const std::vector<std::string>& python_roots(const Inspection& inspection) {
  return inspection.use_of(Language::python).roots;
}

const std::optional<LanguageVersion>& python_version(const Inspection& inspection) {
  return inspection.use_of(Language::python).version;
}

}  // namespace slim
