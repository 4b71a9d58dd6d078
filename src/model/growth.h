// Says so when an output is larger than its input. Both are files: a folder has no size as one.
#pragma once

#include <optional>
#include <string>

#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/run_report.h"

namespace slim {

// As --level takes it: "6", "max".
std::string level_name(int level);

// A note with both sizes, what made the difference where that is known, and what would help; nothing where
// the output is no larger.
std::optional<Finding> growth_finding(const Package& package, const Plan& plan, const Written& written,
                                      const Options& options);

}  // namespace slim
