#include "languages/python/source_mentions.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "util/find_word.h"
#include "util/word_set.h"

namespace slim {
namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool has(std::string_view text, std::string_view word) {
  return find_word(text, word) != std::string_view::npos;
}

void sort_unique(std::vector<std::string>& list) {
  std::ranges::sort(list);
  const auto rest = std::ranges::unique(list);
  list.erase(rest.begin(), rest.end());
  list.shrink_to_fit();
}

// `cimport numpy as np`, `from numpy.random cimport bitgen_t`: numpy.
void add_cimports(std::string_view text, std::vector<std::string>& words) {
  constexpr std::string_view keyword = "cimport";
  const auto name_at = [&](std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_name_char(text[end]) && text[end] != '-') ++end;
    return text.substr(at, end - at);
  };
  for (std::size_t at = find_word(text, keyword); at != std::string_view::npos;
       at = find_word(text, keyword, at + 1)) {
    const std::size_t line = text.rfind('\n', at);
    const std::string_view before = text.substr(line == std::string_view::npos ? 0 : line + 1, at - line - 1);
    const std::size_t from = before.rfind("from ");
    const std::size_t after = text.find_first_not_of(' ', at + keyword.size());
    if (after == std::string_view::npos) break;
    const std::string_view name =
        from == std::string_view::npos
            ? name_at(after)
            : name_at(static_cast<std::size_t>(before.data() - text.data()) + from + 5);
    if (!name.empty()) words.push_back("cimport " + std::string(name));
  }
}

struct CythonWords {
  bool cimports;
  bool get_include;
};

// Few files have them, and all are asked.
CythonWords find_cython_words(std::string_view text) {
  static const WordSet words{"cimport", "get_include"};
  const std::uint64_t found = words.found_in(text);
  return {(found & 1U) != 0, (found & 2U) != 0};
}

bool is_called(std::string_view text, std::string_view function) {
  for (std::size_t at = find_word(text, function); at != std::string_view::npos;
       at = find_word(text, function, at + 1)) {
    const bool is_definition = at >= 4 && text.substr(at - 4, 4) == "def ";
    if (!is_definition && text.substr(at + function.size()).starts_with('(')) return true;
  }
  return false;
}

bool names_a_compiler(std::string_view text) {
  static const WordSet compilers{"\"gcc\"", "'gcc'", "\"g++\"", "'g++'",  "\"cc\"",   "'cc'",
                                 "\"c++\"", "'c++'", "\"clang", "'clang", "\"nvcc\"", "'nvcc'"};
  return compilers.is_any_in(text);
}

// Libraries that compile, and what a caller says to have them do it; empty where they do nothing else.
struct Library {
  std::string_view name;  // of the module, and of all below it
  std::string_view word;
};
constexpr std::array<Library, 20> kLibraries = {{
    {"Cython", ""},
    {"pyximport", ""},
    {"pythran", ""},
    {"cppyy", ""},
    {"pybind11", ""},
    {"nanobind", ""},
    {"numba.pycc", ""},
    {"torch.utils.cpp_extension", ""},
    {"numpy.f2py", ""},
    {"cffi", "set_source("},
    {"cffi", ".verify("},
    {"distutils", "new_compiler("},
    {"distutils", "build_ext"},
    {"setuptools", "new_compiler("},
    {"setuptools", "build_ext"},
    {"setuptools", "Extension("},
    {"distutils", "Extension("},
    {"numpy.distutils", ""},
    {"skbuild", ""},
    {"mesonbuild", ""},
}};

WordSet names_of_libraries() {
  std::array<std::string_view, kLibraries.size()> names;
  std::ranges::transform(kLibraries, names.begin(), &Library::name);
  return WordSet(names);
}

bool is_or_lies_in(std::string_view module, std::string_view library) {
  return module.starts_with(library) && (module.size() == library.size() || module[library.size()] == '.');
}

bool imports(const python::SourceFacts& source, std::string_view library) {
  return std::ranges::any_of(source.imports, [&](const python::Import& found) {
    if (found.level > 0) return false;
    const std::string_view module = source.text(found.module);
    if (is_or_lies_in(module, library)) return true;
    const std::string_view name = source.text(found.name);  // from torch.utils import cpp_extension
    return library.size() == module.size() + 1 + name.size() && library.starts_with(module) &&
           library.ends_with(name);
  });
}

// A suffix that stands alone in quotes; a pattern counts where the file looks for files by one. A table of
// lexers for highlighting names every language's suffixes, and reads no files of any.
bool names_cython_files(std::string_view text, const std::vector<std::string>& mentions) {
  static const WordSet lexers{"lexer", "Lexer", "LEXER"};
  for (const std::string_view suffix : {".pxd", ".pyx", ".pxi"}) {
    if (std::ranges::find(mentions, suffix) == mentions.end()) continue;
    for (std::size_t at = find_word(text, suffix); at != std::string_view::npos;
         at = find_word(text, suffix, at + 1)) {
      const std::size_t end = at + suffix.size();
      if (at == 0 || end >= text.size() || (text[end] != '"' && text[end] != '\'')) continue;
      if (text[at - 1] == text[end] || has(text, "glob") || has(text, "fnmatch"))
        return !lexers.is_any_in(text);
    }
  }
  return false;
}

constexpr std::array<std::string_view, 12> kSuffixes = {".pyx", ".pxd", ".pxi", ".c",   ".cc",  ".cpp",
                                                        ".cxx", ".h",   ".hh",  ".hpp", ".hxx", ".pyi"};

// Does a string that marshal has written, of less than 256 bytes, reach over `at` up to `end`?
bool ends_a_string(std::string_view bytes, std::size_t at, std::size_t end) {
  for (std::size_t begin = at + 1; begin-- > 1 && end - begin < 256;) {
    if (static_cast<unsigned char>(bytes[begin - 1]) == end - begin) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> read_source_mentions(std::string_view source) {
  std::vector<std::string> mentions;
  for (std::size_t at = source.find('.'); at != std::string_view::npos; at = source.find('.', at + 1)) {
    std::size_t end = at + 1;
    while (end < source.size() && end - at < 5 && is_name_char(source[end]) && source[end] != '-') ++end;
    if (std::ranges::find(kSuffixes, source.substr(at, end - at)) == kSuffixes.end()) continue;
    if (end < source.size() && source[end] == '.') continue;
    std::size_t begin = at;
    while (begin > 0 && is_name_char(source[begin - 1])) --begin;
    const bool in_quotes = end < source.size() && (source[end] == '"' || source[end] == '\'');
    const bool is_stub = source.substr(at, end - at) == ".pyi";  // comments of typed code speak of them
    if (in_quotes || (begin < at && !is_stub)) mentions.emplace_back(source.substr(begin, end - begin));
  }
  sort_unique(mentions);
  return mentions;
}

// marshal puts a string's length before it, and the mark of what follows behind it: either may look like a
// letter. So a name counts with and without its first letter, and a mark is told by the length.
std::vector<std::string> read_source_mentions_in_bytecode(std::string_view bytes) {
  std::vector<std::string> mentions;
  for (std::size_t at = bytes.find('.'); at != std::string_view::npos; at = bytes.find('.', at + 1)) {
    for (const std::string_view suffix : kSuffixes) {
      if (!bytes.substr(at).starts_with(suffix)) continue;
      const std::size_t end = at + suffix.size();
      const bool is_followed = end < bytes.size() && is_name_char(bytes[end]);
      std::size_t begin = at;
      while (begin > 0 && at - begin < 255 && is_name_char(bytes[begin - 1])) --begin;
      if ((is_followed || begin == at) && !ends_a_string(bytes, at, end)) continue;
      mentions.emplace_back(bytes.substr(begin, end - begin));
      if (begin < at) mentions.emplace_back(bytes.substr(begin + 1, end - begin - 1));
    }
  }
  sort_unique(mentions);
  return mentions;
}

std::vector<std::string> read_compiler_words_in_bytecode(std::string_view bytes) {
  static const WordSet libraries = names_of_libraries();
  const auto [cimports, get_include] = find_cython_words(bytes);
  std::vector<std::string> words;
  if (cimports) add_cimports(bytes, words);
  if (get_include) words.emplace_back("get_include()");
  const std::uint64_t named = libraries.found_in(bytes);
  for (std::size_t i = 0; i < kLibraries.size(); ++i) {
    if ((named >> i & 1U) == 0) continue;
    std::string_view word = kLibraries[i].word;
    if (word.starts_with('.')) word.remove_prefix(1);
    if (word.ends_with('(')) word.remove_suffix(1);
    if (has(bytes, word)) words.push_back("import " + std::string(kLibraries[i].name));
  }
  sort_unique(words);
  return words;
}

std::vector<std::string> read_cimports(std::string_view text) {
  std::vector<std::string> words;
  add_cimports(text, words);
  sort_unique(words);
  return words;
}

std::vector<std::string> read_compiler_words(std::string_view text, const python::SourceFacts& source,
                                             const std::vector<std::string>& mentions) {
  std::vector<std::string> words;
  const auto [cimports, get_include] = find_cython_words(text);
  if (cimports) add_cimports(text, words);
  if (get_include && is_called(text, "get_include")) words.emplace_back("get_include()");
  for (const Library& library : kLibraries) {
    if (!imports(source, library.name) || (!library.word.empty() && !has(text, library.word))) continue;
    words.push_back("import " + std::string(library.name));
  }
  if (imports(source, "subprocess") && names_a_compiler(text)) words.emplace_back("a C compiler");
  if (names_cython_files(text, mentions)) words.emplace_back(".pxd");
  sort_unique(words);
  return words;
}

}  // namespace slim
