#include "languages/python/names_in_compiled.h"

#include <algorithm>
#include <cstdint>

#include "languages/python/config_names.h"
#include "languages/python/source_mentions.h"
#include "python/module_name.h"
#include "python/scanner.h"
#include "util/find_word.h"
#include "util/word_set.h"

namespace slim {
namespace {

using Kind = Reference::Kind;
using python::join_names;

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Is it in there as a string of its own: between zeros as C has them, or behind its length as marshal does?
bool has_constant(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const char before = at == 0 ? '\0' : text[at - 1];
    const std::size_t end = at + word.size();
    if (before == static_cast<char>(word.size())) return true;
    if (before == '\0' && (end == text.size() || text[end] == '\0')) return true;
  }
  return false;
}

// Cython, mypyc and bytecode keep the names that they import as text. Names may stand there without anything
// between them, so one may begin anywhere.
void read_names_in_compiled(std::string_view text, const PackageNames& names, FileFacts& facts) {
  constexpr std::size_t longest_run = 1000;
  const auto in_run = [&](std::size_t i) { return is_word_char(text[i]) || text[i] == '.'; };
  for (std::size_t dot = text.find('.'); dot != std::string_view::npos;) {
    std::size_t begin = dot;
    while (begin > 0 && dot - begin < longest_run && in_run(begin - 1)) --begin;
    std::size_t end = dot + 1;
    while (end < text.size() && end - dot < longest_run && in_run(end)) ++end;
    const std::string_view run = text.substr(begin, end - begin);
    for (std::size_t at = 0; at + 2 < run.size(); ++at) {
      const std::string_view name = names.longest_module(run.substr(at));
      if (name.find('.') == std::string_view::npos) continue;
      facts.references.push_back({Kind::string, std::string(name), false});
      at += name.size() - 1;
    }
    dot = text.find('.', end);
  }
}

// The same in text that is meant for people.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_char(text[at - 1])) && (end == text.size() || !is_word_char(text[end])))
      return true;
  }
  return false;
}

using HasName = bool (*)(std::string_view text, std::string_view name);

// Compiled code of `from .tests import x`, in the file's package or one above it. The names "tests" and "x"
// are not next to each other there, so any module of the folder may be meant.
void read_relative_names(std::string_view text, std::string_view package, HasName has_name,
                         const PackageNames& names, FileFacts& facts) {
  while (!package.empty()) {
    for (const std::string_view folder : {"tests", "test"}) {
      const std::string name = join_names(package, folder);
      if (!names.is_module(name) || !has_name(text, folder)) continue;
      facts.references.push_back({Kind::string, name, false});
      facts.references.push_back({Kind::prefix, name + ".", false});
    }
    package = python::package_above(package);
  }
}

// "config.py" and ".py" among what compiled code holds. In bytecode a name stands between its length and the
// mark of what follows, and both may look like letters. In a library a string ends with a zero, as three
// bytes alone come about by chance and in compressed tables.
void read_source_names_in_compiled(std::string_view text, bool is_bytecode, PythonFacts& own) {
  constexpr std::string_view suffix = ".py";
  constexpr std::size_t longest = 255;
  const auto in_name = [](char c) { return is_word_char(c) || c == '-'; };
  std::size_t from = 0;
  for (std::size_t at = find_word(text, suffix); at != std::string_view::npos;
       at = find_word(text, suffix, from)) {
    from = at + suffix.size();
    if (!is_bytecode && (from == text.size() || text[from] != '\0')) continue;
    const std::size_t stop = at > 0 && text[at - 1] == '\\' ? at - 1 : at;  // "config\.py" of a pattern
    std::size_t begin = stop;
    while (begin > 0 && stop - begin < longest && in_name(text[begin - 1])) --begin;
    const char left = begin > 0 ? text[begin - 1] : '\0';
    const bool is_suffix = left == '\0' || left == '*' || left == '/';
    if (begin == stop && !is_bytecode && !is_suffix) continue;
    const std::string_view stem = text.substr(begin, stop - begin);
    own.source_names.push_back(std::string(stem) + std::string(suffix));
    if (begin < stop && is_bytecode)
      own.source_names.push_back(std::string(stem.substr(1)) + std::string(suffix));
  }
}

// Words that compiled code is asked for, in one pass over it.
class Words {
 public:
  explicit Words(std::string_view text) : found_(set().found_in(text)) {}
  bool read_source() const { return has(0b1U); }  // with the module inspect
  bool use_boto() const { return has(0b110U); }
  bool ask_metadata() const { return has(0b111000U); }
  bool look_for_metadata() const { return has(0b1111000U); }
  bool ask_for_files() const { return has(0b10000000U); }
  bool ask_for_modules() const { return has(0b100000000U); }

 private:
  static const WordSet& set() {
    static const WordSet words{
        "getsource",     "boto3", "botocore", "importlib.metadata",    "importlib_metadata",
        "pkg_resources", "-info", "files",    "packages_distributions"};
    return words;
  }
  bool has(std::uint64_t any) const { return (found_ & any) != 0; }

  std::uint64_t found_;
};

// RECORD and the like, in compiled code that asks for metadata or looks for the folders that hold it; "files"
// is what asks for RECORD. Bytecode may put a folder together of what others tell it.
void read_installer_files_in_compiled(std::string_view text, const Words& words, bool is_bytecode,
                                      FileFacts& facts) {
  static const WordSet names(python::installer_files());
  if (!words.look_for_metadata() && !is_bytecode) return;
  const auto add = [&](std::string_view name) {
    facts.metadata_questions.push_back({MetadataQuestion::About::installer_file, std::string(name)});
  };
  const std::uint64_t named = names.found_in(text);
  for (std::size_t i = 0; i < python::installer_files().size(); ++i) {
    if ((named >> i & 1U) != 0) add(python::installer_files()[i]);
  }
  if (!words.look_for_metadata()) return;
  if (words.ask_for_files()) add("RECORD");
  if (words.ask_for_modules()) add("top_level.txt");
}

// What bytecode that stands for its source says of files for compilers, as in source.
void read_lone_bytecode(std::string_view bytes, PythonFacts& own) {
  own.source_mentions = read_source_mentions_in_bytecode(bytes);
  own.compiler_words = read_compiler_words_in_bytecode(bytes);
}

// Compiled code shows what it knows of only as text; so does source in a syntax that slim doesn't know.
void read_all_names(std::string_view text, const std::string& path, const Words& words, HasName has_name,
                    const PackageNames& names, FileFacts& facts, PythonFacts& own) {
  read_names_in_compiled(text, names, facts);
  read_paths_in_compiled(text, path, names, facts);
  read_relative_names(text, python::package_name(names.below_root(path)), has_name, names, facts);
  read_source_names_in_compiled(text, !path.ends_with(".so"), own);
  own.reads_source = own.reads_source || words.read_source();
  if (words.use_boto()) facts.services.push_back({});
  if (words.ask_metadata()) facts.metadata_questions.push_back({});
}

}  // namespace

void read_compiled(std::string_view text, const std::string& path, const PackageNames& names,
                   FileFacts& facts, PythonFacts& own) {
  const bool is_bytecode = !path.ends_with(".so");
  const Words words(text);
  read_all_names(text, path, words, has_constant, names, facts, own);
  read_installer_files_in_compiled(text, words, is_bytecode, facts);
  if (is_bytecode) read_lone_bytecode(text, own);
}

void read_names_in_text(std::string_view text, const std::string& path, const PackageNames& names,
                        FileFacts& facts, PythonFacts& own) {
  read_all_names(text, path, Words(text), has_word, names, facts, own);
}

}  // namespace slim
