// Is a bytecode file of exactly the source beside it, and does the package's Python read it?
#pragma once

#include <optional>
#include <string>

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// nullopt: it is, provably. Else a clause: another Python's, an optimised variant, stale, or nothing proves
// it.
std::optional<std::string> why_not_fresh(const Package& package, const Inspection& inspection,
                                         std::size_t index);

}  // namespace slim
