// Fourth stage: how does each file come out? Settles the plan: every action gets its exact size and hash, and
// an action whose check fails becomes a keep that says why. Bytes are made on demand by output_bytes, a pure
// function.
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "pack/packer.h"
#include "util/progress.h"

namespace slim {

// packer: gets what a strip has made, so that the write stage need not make it again.
Result<Plan> settle_plan(const Package& package, const Inspection& inspection, Plan plan,
                         const Options& options, Packer& packer, Progress& progress);

}  // namespace slim
