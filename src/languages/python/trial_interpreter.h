// The interpreter that runs a package's code.
#pragma once

#include <string>

#include "interpreter/interpreter.h"
#include "model/inspection.h"

namespace slim {

// asked: as the user named it; empty: looked for. Errors: none of the package's version; a package for another
// machine, where none is named that runs its code.
Result<interpreter::Interpreter> trial_interpreter(const Inspection& facts, const std::string& asked);

}  // namespace slim
