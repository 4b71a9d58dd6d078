// Bytecode made anew (--bytecode compile and fit).
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// Adds the bytecode of kept sources to the plan's additions, and a note on what Python will have to compile
// at each start. Does only the latter where options.python.bytecode asks for no compilation. Errors: no interpreter
// of the package's version; a package that is no function, layer or image layer.
Status add_bytecode(const Package& package, const Inspection& inspection, const Options& options, Plan& plan);

// Of Verb::hash_bytecode: the same bytecode, under a header with the hash of its source.
Status settle_bytecode_header(const Package& package, const Inspection& inspection, std::size_t index,
                              Action& action);

}  // namespace slim
