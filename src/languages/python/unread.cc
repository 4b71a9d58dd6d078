// Of many a package that pip has installed, a quarter is bytecode and a tenth is tests. Rules drop both by
// their paths; those that stay after all, because kept code reaches them, are read by the plan as soon as it
// knows (follow_references.cc). So what is said here decides nothing but how much is read. Two things must
// hold: no rule that would drop an unread file asks for its content, and every file that stays is read.
#include "languages/python/unread.h"

#include "languages/python/folders_of_tests.h"
#include "python/bytecode.h"
#include "util/path.h"

namespace slim {
namespace {

// With --bytecode keep the header of each bytecode file is compared with its source, so all are read.
bool is_bytecode_of_a_source(const Package& package, const std::string& path, const Options& options) {
  return options.python.bytecode != BytecodeMode::keep && python::is_cached_bytecode(path) &&
         find_entry(package, python::source_of_bytecode(path)).has_value();
}

// Whether a stub may go depends on what the source beside it calls.
bool is_python_of_tests(const Package& package, const std::string& path, const TestSuites& suites) {
  if (suite_of(suites, path) == suites.end()) return false;
  return path.ends_with(".pyi") || (path.ends_with(".py") && !find_entry(package, path + "i"));
}

}  // namespace

bool may_stay_unread(const Package& package, std::size_t index, const Options& options,
                     const TestSuites& suites) {
  const Entry& entry = package.entries[index];
  // "._x.py" is hardly Python: what it is, its content says.
  return entry.type == EntryType::file && !base_name(entry.path).starts_with("._") &&
         (is_bytecode_of_a_source(package, entry.path, options) ||
          is_python_of_tests(package, entry.path, suites));
}

FileFacts facts_of_name(const Entry& entry) {
  FileFacts facts;
  facts.is_read = false;
  facts.kind = entry.size == 0                ? FileKind::empty
               : entry.path.ends_with(".pyc") ? FileKind::python_bytecode
               : entry.path.ends_with(".pyi") ? FileKind::text
                                              : FileKind::python_source;
  return facts;
}

}  // namespace slim
