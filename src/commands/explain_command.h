// slim explain PACKAGE PATH…: what happens to these files, which rules matched, what held them, who imports
// them.
#pragma once

#include "cli/parse.h"
#include "util/result.h"

namespace slim {

Result<int> run_explain_command(const ExplainCommand& command);

}  // namespace slim
