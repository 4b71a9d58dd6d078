// Which compiler or generator in the kept code reads the interface files of every package?
#pragma once

#include <optional>
#include <string>

#include "evidence/guard.h"

namespace slim {

// A clause that names who may read entry `i`, a header, a Cython file, a C source or a stub, though no code
// of its own package names it; nullopt where nobody does.
std::optional<std::string> who_compiles_with(const GuardView& view, std::size_t i);

}  // namespace slim
