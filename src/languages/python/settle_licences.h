// --licenses collect: the texts of all licences in one file.
#pragma once

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// Puts the texts that the plan collects into one file, each once, under the names of those whose text it is.
// Where that file is there already and may not be written anew, all stays as it is.
Status collect_licences(const Package& package, const Inspection& inspection, Plan& plan);

}  // namespace slim
