#include "util/words.h"

#include <algorithm>

#include "util/ascii.h"

namespace slim {

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
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

void add_words_behind(std::string_view text, std::string_view marker, std::vector<std::string>& words) {
  for (std::size_t at = text.find(marker); at != std::string_view::npos; at = text.find(marker, at + 1)) {
    const std::string_view rest = skip_blanks(text.substr(at + marker.size()));
    std::size_t size = 0;
    while (size < rest.size() && is_word(rest[size])) ++size;
    if (size != 0) words.emplace_back(rest.substr(0, size));
  }
}

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

}  // namespace slim
