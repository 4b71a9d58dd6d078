// "Did you mean" for ids of runtimes, where the nearest spelling is not the nearest runtime.
#pragma once

#include <string>
#include <string_view>

namespace slim {

// The runtime that was probably meant: of the same language, and there the nearest version. "node22" means
// nodejs22.x, "python3.99" python3.14, "python3" the newest Python. Empty where no language is near.
std::string nearest_runtime(std::string_view id);

// ": did you mean 'nodejs22.x'?", or else which there are.
std::string did_you_mean_runtime(std::string_view id);

}  // namespace slim
