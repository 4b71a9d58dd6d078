#pragma once

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// By paths alone.
void find_python_roots(const Package& package, Inspection& inspection);

// Reads the small metadata files of each distribution. Errors: content that can't be loaded.
Status find_distributions(const Package& package, Inspection& inspection);

}  // namespace slim
