// Last stage: the same plan, told to people and to programs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "model/run_report.h"

namespace slim {

// Of no width in particular: a pipe, a file.
inline constexpr std::size_t kAnyWidth = SIZE_MAX;

struct TerminalStyle {
  bool colour = false;
  std::size_t width = kAnyWidth;  // columns
};

std::string terminal_report(const RunReport& report, const TerminalStyle& style);
std::string json_report(const RunReport& report);
std::string markdown_report(const RunReport& report);
std::string html_report(const RunReport& report);

}  // namespace slim
