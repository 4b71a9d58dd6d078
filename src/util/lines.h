// The lines of a text.
#pragma once

#include <string_view>
#include <vector>

namespace slim {

// Takes the first line off the text, and gives it without its end, which is "\n" or "\r\n".
std::string_view take_line(std::string_view& text);

std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace slim
