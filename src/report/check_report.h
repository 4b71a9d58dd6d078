// What `slim check` found, told to people and to programs.
#pragma once

#include <string>

#include "model/check_report.h"
#include "report/report.h"

namespace slim {

std::string check_terminal_report(const CheckReport& report, const TerminalStyle& style);
std::string check_json_report(const CheckReport& report);

}  // namespace slim
