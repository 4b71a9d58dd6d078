#pragma once

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// Adds to inspection.components. What can't be parsed names nothing and is passed over. Errors: content that
// can't be loaded.
Status find_python_components(const Package& package, Inspection& inspection);

}  // namespace slim
