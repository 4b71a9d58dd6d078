#include "trial/command_words.h"

#include <algorithm>
#include <string_view>

#include "util/format.h"

namespace slim {
namespace {

constexpr std::size_t kLongest = 200;

std::string shortened(std::string_view line) {
  return line.size() <= kLongest ? std::string(line) : std::string(line.substr(0, kLongest)) + "…";
}

std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

std::string ending_of(const interpreter::CommandResult& result, unsigned seconds) {
  if (!result.in_time) return format("does not end within {} seconds", seconds);
  if (result.signal != 0) return format("is ended by signal {}", result.signal);
  return format("ends with exit code {}", result.exit_code);
}

std::string last_error(const interpreter::CommandResult& result) {
  std::string_view text = result.errors_tail;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  if (text.empty()) return "";
  const std::size_t newline = text.rfind('\n');
  return ": " + shortened(newline == std::string_view::npos ? text : text.substr(newline + 1));
}

std::string output_difference(const interpreter::CommandResult& now, const interpreter::CommandResult& was) {
  const std::string_view a = now.output_head;
  const std::string_view b = was.output_head;
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  if (at == a.size() && at == b.size())
    return format("prints other bytes after the first {}", with_commas(at));
  const std::size_t line_begin = at == 0 ? 0 : a.rfind('\n', at - 1) + 1;
  const auto line = std::ranges::count(a.substr(0, line_begin), '\n') + 1;
  return format("prints '{}' and not '{}' (line {})", shortened(line_at(a, line_begin)),
                shortened(line_at(b, line_begin)), line);
}

}  // namespace slim
