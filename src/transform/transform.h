// Fourth stage: how does each file come out? Settles the plan: every action gets its exact size and hash, and
// an action whose check fails becomes a keep that says why. Bytes are made on demand by output_bytes, a pure
// function.
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/progress.h"

namespace slim {

Result<Plan> settle_plan(const Package& package, const Inspection& inspection, Plan plan,
                         const Options& options, Progress& progress);

}  // namespace slim
