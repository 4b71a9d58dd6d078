// What `slim check` found, told to people and to programs. All but the terminal's are the same bytes for the
// same packages.
#pragma once

#include <string>
#include <vector>

#include "model/check_report.h"
#include "report/report.h"
#include "util/result.h"

namespace slim {

// What tells the parts apart: the last component of each one's path, numbered where two have the same.
std::vector<std::string> part_names(const CheckReport& report);

std::string check_terminal_report(const CheckReport& report, const TerminalStyle& style);
std::string check_json_report(const CheckReport& report);
std::string check_markdown_report(const CheckReport& report);
std::string check_sarif_report(const CheckReport& report);
std::string check_junit_report(const CheckReport& report);
std::string check_html_report(const CheckReport& report);

// Sends each where the user wants it.
Status publish_check(const CheckReport& report);

}  // namespace slim
