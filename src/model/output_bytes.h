// The bytes that an entry has in the output: a pure function of its own bytes and its action.
#pragma once

#include "model/package.h"
#include "model/plan.h"

namespace slim {

// Only for entries that are files in the output; not for what is dropped or linked. The plan must be settled.
Result<Bytes> output_bytes(const Package& package, const Plan& plan, std::size_t index);

}  // namespace slim
