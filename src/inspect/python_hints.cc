// A line at a time, and without a grammar: every line that could be an import statement counts as one, also
// inside strings and dead branches, because an import too many keeps a file too many and nothing worse.
#include "inspect/python_hints.h"

#include <algorithm>
#include <array>

#include "util/path.h"

namespace slim {
namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (c & 0x80) != 0;
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t' || text[0] == '\\' || text[0] == '\f'))
    text.remove_prefix(1);
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word) || (text.size() > word.size() && is_name(text[word.size()]))) return false;
  text.remove_prefix(word.size());
  return true;
}

std::string_view take_dotted(std::string_view& text) {
  skip_blanks(text);
  std::size_t length = 0;
  while (length < text.size() && (is_name(text[length]) || text[length] == '.')) ++length;
  const std::string_view name = text.substr(0, length);
  text.remove_prefix(length);
  return name;
}

// The dotted package that a module's relative imports start from: "a/b/c.py" -> "a.b", "a/b/__init__.py" ->
// "a.b".
std::string package_of(std::string_view path) {
  std::string package(folder_of(path));
  if (!package.empty()) package.pop_back();
  std::ranges::replace(package, '/', '.');
  return package;
}

// "..x" seen from a.b is a.x; empty where the dots lead out of the package.
std::string absolute(std::string_view name, const std::string& package) {
  std::size_t dots = 0;
  while (dots < name.size() && name[dots] == '.') ++dots;
  if (dots == 0) return std::string(name);
  std::string base = package;
  for (std::size_t i = 1; i < dots; ++i) {
    const std::size_t cut = base.rfind('.');
    if (cut == std::string::npos) return {};
    base.resize(cut);
  }
  name.remove_prefix(dots);
  if (name.empty()) return base;
  return base.empty() ? std::string(name) : base + "." + std::string(name);
}

void add(std::vector<std::string>& list, std::string name) {
  if (!name.empty()) list.push_back(std::move(name));
}

// "import a.b as c, d"
void read_import(std::string_view rest, std::vector<std::string>& imports) {
  while (true) {
    add(imports, std::string(take_dotted(rest)));
    const std::size_t comma = rest.find_first_of(",;#\n");
    if (comma == std::string_view::npos || rest[comma] != ',') return;
    rest.remove_prefix(comma + 1);
  }
}

// "from a.b import (c as d, e)": a.b, a.b.c and a.b.e, as c and e may be modules.
void read_from(std::string_view rest, const std::string& package, std::vector<std::string>& imports) {
  const std::string base = absolute(take_dotted(rest), package);
  skip_blanks(rest);
  if (base.empty() || !take_word(rest, "import")) return;
  add(imports, base);
  skip_blanks(rest);
  const bool in_parentheses = rest.starts_with('(');
  const std::size_t end = in_parentheses ? rest.find(')') : rest.find_first_of("\n;");
  std::string_view names = rest.substr(0, end);
  if (in_parentheses) names.remove_prefix(1);
  while (!names.empty()) {
    while (!names.empty() && !is_name(names[0]) && names[0] != '#') names.remove_prefix(1);
    if (names.starts_with('#')) {
      names.remove_prefix(std::min(names.size(), names.find('\n')));
      continue;
    }
    const std::string_view name = take_dotted(names);
    if (!name.empty()) imports.push_back(base + "." + std::string(name));
    names.remove_prefix(std::min(names.size(), names.find_first_of(",\n")));
  }
}

// Literal arguments of import_module and __import__, and whole strings that are dotted names.
void read_dynamic(std::string_view source, const std::string& package, std::vector<std::string>& imports) {
  for (const std::string_view call : {"import_module(", "__import__("}) {
    for (std::size_t at = source.find(call); at != std::string_view::npos; at = source.find(call, at + 1)) {
      std::string_view rest = source.substr(at + call.size());
      while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\n' || rest[0] == '\t')) rest.remove_prefix(1);
      if (!rest.starts_with('"') && !rest.starts_with('\'')) continue;
      rest.remove_prefix(1);
      add(imports, absolute(take_dotted(rest), package));
    }
  }
}

void sort_unique(std::vector<std::string>& list) {
  std::ranges::sort(list);
  const auto rest = std::ranges::unique(list);
  list.erase(rest.begin(), rest.end());
  list.shrink_to_fit();
}

// "x.pyx", "_ufunc.h" and bare suffixes such as ".c" in quotes.
void read_source_mentions(std::string_view source, std::vector<std::string>& mentions) {
  constexpr std::array<std::string_view, 11> suffixes = {".pyx", ".pxd", ".pxi", ".c",   ".cc", ".cpp",
                                                         ".cxx", ".h",   ".hh",  ".hpp", ".hxx"};
  for (const std::string_view suffix : suffixes) {
    for (std::size_t at = source.find(suffix); at != std::string_view::npos;
         at = source.find(suffix, at + 1)) {
      const std::size_t end = at + suffix.size();
      if (end < source.size() && (is_name(source[end]) || source[end] == '.')) continue;
      std::size_t begin = at;
      while (begin > 0 && (is_name(source[begin - 1]) || source[begin - 1] == '-')) --begin;
      const bool in_quotes = end < source.size() && (source[end] == '"' || source[end] == '\'');
      if (begin < at || in_quotes) mentions.emplace_back(source.substr(begin, end - begin));
    }
  }
}

}  // namespace

void find_python_hints(std::string_view source, std::string_view path, FileFacts& facts) {
  const std::string package = package_of(path);
  for (std::size_t at = 0; at < source.size();) {
    std::string_view line = source.substr(at);
    skip_blanks(line);
    if (take_word(line, "import")) read_import(line, facts.imports);
    if (take_word(line, "from")) read_from(line, package, facts.imports);
    const std::size_t end = source.find_first_of("\n\r;", at);
    at = end == std::string_view::npos ? source.size() : end + 1;
  }
  read_dynamic(source, package, facts.imports);
  sort_unique(facts.imports);
  facts.attaches_stub = source.find("attach_stub") != std::string_view::npos;
  read_source_mentions(source, facts.source_mentions);
  sort_unique(facts.source_mentions);
}

}  // namespace slim
