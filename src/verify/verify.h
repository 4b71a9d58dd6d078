// Sixth stage: reads what was written, as a stranger would, and holds it against the plan.
#pragma once

#include <string>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/run_report.h"
#include "util/progress.h"

namespace slim {

// made: of the write stage. Every entry is there with the planned mode, size and bytes and nothing else is.
// An error here is a defect of slim: nothing is committed.
Status verify_output(const std::string& written_path, const Package& package, const Inspection& inspection,
                     const Plan& plan, const Options& options, const Written& made, Progress& progress);

}  // namespace slim
