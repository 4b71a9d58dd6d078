// Letters of ASCII, whatever the locale says; bytes of other letters stay as they are.
#pragma once

#include <string>
#include <string_view>

namespace slim {

constexpr char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper_case(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// To compare names whose case doesn't count.
std::string in_lower_case(std::string_view text);
std::string in_upper_case(std::string_view text);

// A blank, or one of the characters from tab to carriage return.
constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
// Without blanks at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace slim
