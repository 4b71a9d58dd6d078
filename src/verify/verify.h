// Sixth stage: reads what was written, as a stranger would, and holds it against the plan.
#pragma once

#include <string>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/progress.h"

namespace slim {

// Every entry is there with the planned mode, size and hash and nothing else is; every ELF parses with the
// facts it had. An error here is a defect of slim: nothing is committed.
Status verify_output(const std::string& written_path, const Package& package, const Inspection& inspection,
                     const Plan& plan, const Options& options, Progress& progress);

}  // namespace slim
