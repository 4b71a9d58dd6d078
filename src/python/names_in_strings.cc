#include "python/names_in_strings.h"

#include <algorithm>
#include <array>
#include <string>

namespace slim::python {
namespace {

constexpr std::size_t max_text = 20'000;  // of a string in which names are looked for

// What installers write for themselves; rules/python.toml has them, too.
constexpr std::array<std::string_view, 17> installers_own{
    "RECORD",          "INSTALLER",           "REQUESTED",           "WHEEL",
    "direct_url.json", "provenance_url.json", "uv_cache.json",       "uv_build.json",
    "REFER_TO",        "SOURCES.txt",         "installed-files.txt", "dependency_links.txt",
    "zip-safe",        "not-zip-safe",        "pipx_metadata.json",  ".pdm-python",
    "conda-meta"};

// "%s" and "%(name)s" are fields of a format and no names; 1 for what is neither.
std::size_t field_size(std::string_view text) {
  if (!text.starts_with('%')) return 1;
  const std::size_t close = text.starts_with("%(") ? text.find(')') : 0;
  return std::min(text.size(), (close == std::string_view::npos ? 0 : close) + 2);
}

bool is_dotted_char(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

void add_piece(FactsBuilder& builder, std::uint32_t line, std::string_view text) {
  NamedString found;
  found.line = line;
  found.flags = NamedString::piece;
  found.text = builder.add(text);
  builder.facts.strings.push_back(found);
}

}  // namespace

std::span<const std::string_view> installer_files() { return installers_own; }

bool is_namelike(std::string_view text) {
  if (text.empty() || text.size() > max_literal) return false;
  bool letter = false;
  for (const char c : text) {
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'z') {
      letter = true;
    } else if (!((c >= '-' && c <= ':') || c == '_' || c == '*')) {  // '-' to ':' are - . / 0-9 :
      return false;
    }
  }
  return letter;
}

std::string_view installer_file_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size() && text.size() < 200;) {
    const std::size_t end = std::min(text.find('/', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    const auto found = std::find(installers_own.begin(), installers_own.end(), part);
    if (found != installers_own.end()) return *found;
    at = end + 1;
  }
  return {};
}

void add_installer_file(FactsBuilder& facts, std::uint32_t line, std::string_view name) {
  facts.facts.metadata.push_back({line, 0, MetadataUse::What::installer_file, true, false, facts.add(name)});
}

// `from a import b` means a.b too.
void add_dotted_names(FactsBuilder& facts, std::uint32_t line, std::string_view text) {
  if (text.size() > max_text) return;
  std::string_view from;
  std::size_t room = text.size();  // for names put together, so that a short text never gives a long one
  bool names_module = false;       // the word before was `from`
  bool imports_names = false;      // after `from MODULE import`
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\' || text[at] == '\n') {
      at += text[at] == '\\' ? 2 : 1;
      imports_names = false;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_dotted_char(text[end])) ++end;
    if (end == at) {
      at += field_size(text.substr(at));
      continue;
    }
    const std::string_view word = text.substr(at, end - at);
    at = end;
    if (names_module) {
      from = word;
      names_module = false;
    } else if (word == "from") {
      names_module = true;
      imports_names = false;
    } else if (word == "import") {
      imports_names = !from.empty();
    } else if (imports_names) {
      const std::string name = std::string(from) + (from.ends_with('.') ? "" : ".") + std::string(word);
      if (name.size() > room || !is_namelike(name)) continue;
      room -= name.size();
      add_piece(facts, line, name);
    }
    if (word.find('.') != std::string_view::npos && is_namelike(word)) add_piece(facts, line, word);
  }
}

void add_source_names(FactsBuilder& builder, std::string_view text, char before) {
  constexpr std::string_view suffix = ".py";
  const auto is_name_char = [](char c) {
    return (is_dotted_char(c) && c != '.') || c == '-' || static_cast<unsigned char>(c) >= 0x80;
  };
  SourceFacts& facts = builder.facts;
  if (text == "py" && before == '=') facts.source_names.push_back(builder.add(suffix));
  for (std::size_t at = text.find(suffix); at != std::string_view::npos; at = text.find(suffix, at + 1)) {
    std::size_t end = at + suffix.size();
    if (end < text.size() && (text[end] == 'w' || (text[end] == 'c' && text.substr(end + 1, 1) == "?")))
      ++end;
    if (end < text.size() && (is_name_char(text[end]) || text[end] == '.')) continue;  // .pyc, .py.mako
    const std::size_t stop = at > 0 && text[at - 1] == '\\' ? at - 1 : at;
    std::size_t begin = stop;
    while (begin > 0 && stop - begin < max_literal && is_name_char(text[begin - 1])) --begin;
    const char left = begin > 0 ? text[begin - 1] : '\0';
    if (begin == stop && (left == ' ' || left == '\n')) continue;  // " .py files": words for people
    const bool is_named = begin < stop && left != '%' && left != ')' && left != '\\';
    const std::string name = is_named ? std::string(text.substr(begin, stop - begin)) : std::string();
    facts.source_names.push_back(builder.add(name + std::string(suffix)));
  }
}

}  // namespace slim::python
