// Which modules a start of the package loads: for --bytecode init, and for the order of fit.
#pragma once

#include <vector>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/progress.h"

namespace slim {

// As LanguageRoom has it.
Status find_python_start(const Package& package, const Options& options, const ReadMore& read_more,
                         Inspection& inspection, Progress& progress);

// What reports say of it.
std::vector<Finding> findings_of_start(const Inspection& inspection, const Options& options);

}  // namespace slim
