// A wheel's list of its own files.
#pragma once

#include "model/package.h"
#include "model/plan.h"
#include "util/result.h"

namespace slim {

// Writes the RECORD that the plan renews where files that it lists have changed or gone: installers may hold
// each file against its hash and size. The rest of the plan must be settled. Source: PyPA's "Binary
// distribution format" and "Recording installed projects".
Status renew_wheel_record(const Package& package, Plan& plan);

}  // namespace slim
