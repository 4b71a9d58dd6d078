// Of Verb::strip_comments: which bytes go, and the proof that the code stays as it is.
#pragma once

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

Status settle_comments(const Package& package, const Inspection& inspection, std::size_t index,
                       Action& action);

}  // namespace slim
