// Sends the reports where the user wants them, and turns findings into the exit code.
#pragma once

#include "model/run_report.h"
#include "util/result.h"

namespace slim {

// Prints the terminal report (unless quiet), writes the JSON report. Returns 1 where a finding is one that
// the user asked to fail on (an --arch that the package contradicts), else 0.
Result<int> publish(const RunReport& report);

}  // namespace slim
