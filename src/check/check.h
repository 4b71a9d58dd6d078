// What would fail at deploy or at the first invoke, in the files that the output holds.
#pragma once

#include <vector>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// Findings in the order of paths. An ELF file of another architecture than --arch is an error; without
// --arch, than most of the package, a warning.
std::vector<Finding> check_package(const Package& package, const Inspection& inspection, const Plan& plan,
                                   const Options& options);

}  // namespace slim
