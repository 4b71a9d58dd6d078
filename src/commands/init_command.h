// slim init [PACKAGE]: writes a slim.toml from what a package shows.
#pragma once

#include "cli/parse.h"
#include "util/result.h"

namespace slim {

Result<int> run_init_command(const InitCommand& command);

}  // namespace slim
