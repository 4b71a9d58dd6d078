// The one door to {fmt}: g++ 12 has no std::format.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace slim {

using fmt::format;

// 1234567 -> "1,234,567"
std::string with_commas(std::uint64_t value);

// Bytes for people, decimal units as Lambda's console shows them: "847 B", "1.2 kB", "76.98 MB".
std::string human_bytes(std::uint64_t bytes);

// Words in lines of at most `width` columns, where words allow it; no characters that take none or two.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// Columns that UTF-8 takes, with such characters only.
std::size_t columns(std::string_view text);

// Escapes control characters and invalid UTF-8, so that a hostile name cannot write to the terminal.
std::string printable(const std::string& text);

}  // namespace slim
