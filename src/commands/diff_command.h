// slim diff A B: by package and by file, what came, went, grew and changed.
#pragma once

#include "cli/parse.h"
#include "util/result.h"

namespace slim {

Result<int> run_diff_command(const DiffCommand& command);

}  // namespace slim
