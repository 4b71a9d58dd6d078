// The software in the package: Python distributions, npm packages, jars.
#pragma once

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// Fills inspection.components; takes the distributions that are found already. What can't be parsed names
// nothing and is passed over. Errors: content that can't be loaded.
Status find_components(const Package& package, Inspection& inspection);

}  // namespace slim
