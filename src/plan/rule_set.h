// The rules that apply to a run: the built-in ones and the user's, less what is turned off.
#pragma once

#include <vector>

#include "model/options.h"
#include "plan/rule.h"

namespace slim {

// Sorted by id. Errors: what parse_rules finds, two rules with one id, guards that don't exist, and --enable or
// --disable of an unknown id.
Result<std::vector<Rule>> load_rules(const Options& options);
// All of them: `on` says whether a rule applies to this run. The same errors.
Result<std::vector<Rule>> all_rules(const Options& options);

}  // namespace slim
