// --licenses collect: the texts of all licences in one file.
#pragma once

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// Adds the texts that the plan drops by the rule "python-licences" as one file, each once, under the names of
// those whose text it is. Nothing is added where nothing was dropped.
Status collect_licences(const Package& package, const Inspection& inspection, Plan& plan);

}  // namespace slim
