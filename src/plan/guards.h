// The conditions that rules can state: those of every package, and those that languages bring.
#pragma once

#include <string>
#include <vector>

#include "evidence/guard.h"

namespace slim {

// The guard of that name; nullptr when there is none.
const Guard* find_guard(const std::string& name);
std::vector<std::string> guard_names();

// The guard of what references from kept code lead to: asked anew once they have been followed.
inline constexpr const char* kNotImported = "not-imported";

}  // namespace slim
