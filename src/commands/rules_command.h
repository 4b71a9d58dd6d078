// slim rules [PACKAGE]: every rule with its reason and evidence, and what it saves on a package.
#pragma once

#include "cli/parse.h"
#include "util/result.h"

namespace slim {

Result<int> run_rules_command(const RulesCommand& command);

}  // namespace slim
