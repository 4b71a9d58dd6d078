// Whose is each file?
#pragma once

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// Fills inspection.owner, with the same name for a file before and after slimming: so it asks for nothing
// that slim takes away, such as RECORD. Takes the roots and the distributions that are found already.
void find_python_owners(const Package& package, Inspection& inspection);

}  // namespace slim
