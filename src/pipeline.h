// The main job from end to end.
#pragma once

#include "model/options.h"
#include "util/result.h"

namespace slim {

// Runs the whole pipeline and prints the reports. Returns the exit code 0 or 1; errors are exit code 2.
Result<int> run_pipeline(const Options& options);

}  // namespace slim
