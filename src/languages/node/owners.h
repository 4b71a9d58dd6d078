#pragma once

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// What lies in node_modules counts to its npm package.
void find_node_owners(const Package& package, Inspection& inspection);

}  // namespace slim
