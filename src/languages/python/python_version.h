#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

// As the user says, else what most files say. The files are read.
void find_python_version(const Package& package, const Options& options, Inspection& inspection);

}  // namespace slim
