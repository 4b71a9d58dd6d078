// slim verify PACKAGE [--against ORIGINAL]: imports all modules, before and after.
#pragma once

#include "cli/parse.h"

namespace slim {

Result<int> run_verify_command(const VerifyCommand& command);

}  // namespace slim
