// Findings on a terminal: by severity, alike ones together.
#pragma once

#include <string>
#include <vector>

#include "report/finding_groups.h"
#include "report/painter.h"

namespace slim {

// Each severity's with an empty line behind them; "" without any.
std::string terminal_findings(const std::vector<FindingGroup>& groups, const Painter& paint,
                              std::size_t width);

}  // namespace slim
