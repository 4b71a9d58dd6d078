// Looking for words in the text of source files whose language is not read any closer.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace slim {

bool is_word(char c);  // may it stand in a name?
bool has_word(std::string_view text, std::string_view word);
bool has_any(std::string_view text, std::span<const std::string_view> words);
std::string_view skip_blanks(std::string_view text);

// The words behind each occurrence of `marker`: "exports." -> the names that are assigned so.
void add_words_behind(std::string_view text, std::string_view marker, std::vector<std::string>& words);
// And those in the braces behind it: "export { a, b as c }".
void add_words_in_braces(std::string_view text, std::string_view marker, std::vector<std::string>& words);

}  // namespace slim
