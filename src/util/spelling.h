// "Did you mean …?" for names that people type.
#pragma once

#include <string>
#include <vector>

namespace slim {

// ": did you mean 'x'?" for the nearest known name, if one is near; else ": one of a, b, c" for short lists,
// or "".
std::string did_you_mean(const std::string& typed, const std::vector<std::string>& known);

}  // namespace slim
