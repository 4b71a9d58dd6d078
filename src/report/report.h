// Last stage: the same plan, told to people and to programs.
#pragma once

#include <string>

#include "model/run_report.h"

namespace slim {

struct TerminalStyle {
  bool colour = false;
  int width = 100;
};

std::string terminal_report(const RunReport& report, const TerminalStyle& style);
std::string json_report(const RunReport& report);
std::string markdown_report(const RunReport& report);
std::string html_report(const RunReport& report);

}  // namespace slim
