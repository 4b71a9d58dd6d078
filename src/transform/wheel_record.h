// A wheel's list of its own files.
#pragma once

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/result.h"

namespace slim {

// Writes RECORD anew where the plan changes or drops files that it lists: installers may hold each file
// against its hash and size. Only for wheels; the plan must be settled. Source: PyPA's "Binary distribution
// format" and "Recording installed projects".
Status renew_wheel_record(const Package& package, const Inspection& inspection, Plan& plan);

}  // namespace slim
