// A comparison of two packages, told to people and to programs.
#pragma once

#include <string>

#include "model/comparison.h"
#include "report/report.h"

namespace slim {

std::string diff_terminal_report(const Comparison& comparison, const TerminalStyle& style);
std::string diff_json_report(const Comparison& comparison);

}  // namespace slim
