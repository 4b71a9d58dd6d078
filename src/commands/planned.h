// A package with its settled plan, for commands that tell about a run without making one.
#pragma once

#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/result.h"

namespace slim {

struct Planned {
  Package package;
  Inspection inspection;
  Plan plan;
};

Result<Planned> make_settled_plan(const Options& options);

}  // namespace slim
