// From text to meaning: what was typed, checked once, becomes the values that commands and stages see.
#pragma once

#include "cli/flags.h"
#include "cli/parse.h"
#include "cli/values.h"

namespace slim {

// Errors: values that mean nothing, and flags that contradict each other.
Result<Command> check_values(CommandId command, const Values& values);

}  // namespace slim
