#include "check/handler_names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "python/module_names.h"

namespace slim::check {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

bool has_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string_view skip_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')))
    text.remove_prefix(1);
  return text;
}

// The words behind each occurrence of `marker`: "exports." -> the names that are assigned so.
void add_words_behind(std::string_view text, std::string_view marker, std::vector<std::string>& words) {
  for (std::size_t at = text.find(marker); at != std::string_view::npos; at = text.find(marker, at + 1)) {
    const std::string_view rest = skip_blanks(text.substr(at + marker.size()));
    std::size_t size = 0;
    while (size < rest.size() && is_word(rest[size])) ++size;
    if (size != 0) words.emplace_back(rest.substr(0, size));
  }
}

// And those in the braces behind it: "export { a, b as c }".
void add_words_in_braces(std::string_view text, std::string_view marker, std::vector<std::string>& words) {
  for (std::size_t at = text.find(marker); at != std::string_view::npos; at = text.find(marker, at + 1)) {
    std::string_view rest = skip_blanks(text.substr(at + marker.size()));
    if (!rest.starts_with('{')) continue;
    rest = rest.substr(0, rest.find('}'));
    for (std::size_t begin = 0; begin < rest.size();) {
      std::size_t end = begin;
      while (end < rest.size() && is_word(rest[end])) ++end;
      if (end != begin) words.emplace_back(rest.substr(begin, end - begin));
      begin = end + 1;
    }
  }
}

// "module.exports = require(…)", "module.exports = make()": what it has can't be told.
bool exports_something_else(std::string_view source) {
  for (std::size_t at = source.find("exports"); at != std::string_view::npos;
       at = source.find("exports", at + 1)) {
    std::string_view rest = skip_blanks(source.substr(at + 7));
    if (!rest.starts_with('=') || rest.starts_with("==")) continue;
    if (!skip_blanks(rest.substr(1)).starts_with('{')) return true;
  }
  return false;
}

// Of a class file (JVM specification 4.1 to 4.4) the texts of its constants and what it inherits from.
struct JavaClass {
  std::vector<std::string> texts;  // by their index in the pool, empty for other constants
  std::string parent;
  bool has_interfaces = false;
};

std::optional<JavaClass> read_class(ByteView bytes) {
  const ByteReader reader(bytes, std::endian::big);
  const auto count = reader.read<std::uint16_t>(8);
  if (reader.read<std::uint32_t>(0) != 0xCAFEBABEU || !count) return std::nullopt;
  JavaClass found;
  found.texts.resize(*count);
  std::vector<std::uint16_t> names(*count);  // of the classes among the constants
  std::size_t at = 10;
  for (std::size_t i = 1; i < *count; ++i) {
    const auto tag = reader.read<std::uint8_t>(at);
    const auto first = reader.read<std::uint16_t>(at + 1);
    if (!tag || !first) return std::nullopt;
    // Sizes behind the tag: Utf8 counts its own; 3, 4: numbers; 5, 6: long numbers, which count as two.
    static constexpr std::array<std::uint8_t, 21> sizes = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4,
                                                           4, 4, 0, 0, 3, 2, 4, 4, 2, 2};
    if (*tag == 1) {
      if (at + 3 + *first > bytes.size()) return std::nullopt;
      found.texts[i] = as_text(bytes.subspan(at + 3, *first));
      at += 3U + *first;
      continue;
    }
    if (*tag >= sizes.size() || sizes[*tag] == 0) return std::nullopt;
    if (*tag == 7) names[i] = *first;
    at += 1U + sizes[*tag];
    if (*tag == 5 || *tag == 6) ++i;
  }
  const auto parent = reader.read<std::uint16_t>(at + 4);
  const auto interfaces = reader.read<std::uint16_t>(at + 6);
  if (!parent || !interfaces || *parent >= names.size() || names[*parent] >= found.texts.size())
    return std::nullopt;
  found.parent = found.texts[names[*parent]];
  found.has_interfaces = *interfaces != 0;
  return found;
}

}  // namespace

std::optional<MissingName> missing_in_python(std::string_view source, const std::string& name) {
  const python::ModuleNames found = python::module_names(source);
  if (found.is_open || found.names.contains(name)) return std::nullopt;
  return MissingName{{found.names.begin(), found.names.end()}};
}

std::optional<MissingName> missing_in_node(std::string_view source, const std::string& name) {
  static constexpr std::array<std::string_view, 8> ways = {
      "export *", "export*", "__exportStar", "exports[", "Object.assign(", "eval(", "\\u", "..."};
  if (has_word(source, name) || has_any(source, ways) || exports_something_else(source)) return std::nullopt;
  MissingName missing;
  for (const std::string_view marker : {"exports.", "export function", "export async function",
                                        "export const", "export let", "export var", "export class"}) {
    add_words_behind(source, marker, missing.instead);
  }
  add_words_in_braces(source, "export", missing.instead);
  add_words_in_braces(source, "exports =", missing.instead);
  return missing;
}

std::optional<MissingName> missing_in_ruby(std::string_view source, const std::string& name) {
  static constexpr std::array<std::string_view, 14> ways = {
      "require_relative", "require '.", "require \".", "require File",  "require_all",    "load ", "load(",
      "include",          "extend",     "eval",        "define_method", "method_missing", "send",  "attr_"};
  if (has_word(source, name) || has_any(source, ways)) return std::nullopt;
  MissingName missing;
  add_words_behind(source, "def ", missing.instead);
  add_words_behind(source, "def self.", missing.instead);
  return missing;
}

// A method may be inherited, so that only a class that has no parent of its own can lack it.
std::optional<MissingName> missing_in_class(ByteView java_class, const std::string& name) {
  const auto found = read_class(java_class);
  if (!found || found->parent != "java/lang/Object" || found->has_interfaces) return std::nullopt;
  if (std::ranges::find(found->texts, name) != found->texts.end()) return std::nullopt;
  MissingName missing;
  std::ranges::copy_if(found->texts, std::back_inserter(missing.instead), [](const std::string& text) {
    return !text.empty() && std::ranges::all_of(text, is_word);
  });
  return missing;
}

}  // namespace slim::check
