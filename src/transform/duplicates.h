// Identical libraries become one file and relative symlinks to it, where the loader sees no difference.
#pragma once

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// Takes actions whose sizes and hashes are settled. Duplicates that must stay are findings with the bytes
// they cost.
void link_duplicates(const Package& package, const Inspection& inspection, Plan& plan);

}  // namespace slim
