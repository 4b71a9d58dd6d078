#include "util/header_lines.h"

#include "util/lines.h"

namespace slim {

std::string header_value(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (line.starts_with(key)) return std::string(line.substr(key.size()));
  }
  return {};
}

std::vector<std::string> header_values(std::string_view text, std::string_view key) {
  std::vector<std::string> values;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) break;
    if (line.starts_with(key)) values.emplace_back(line.substr(key.size()));
  }
  return values;
}

}  // namespace slim
