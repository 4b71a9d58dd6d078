// From text to meaning: what was typed, checked once, becomes the values that commands and stages see.
#pragma once

#include "cli/flags.h"
#include "cli/parse.h"
#include "cli/values.h"

namespace slim {

// Errors: values that mean nothing, and flags that contradict each other.
Result<Command> check_values(CommandId command, const Values& values, const ConfigUse& config);

// Errors: settings of slim.toml that mean nothing, also those that this run's command doesn't ask for.
Status check_settings(const Values& values);

}  // namespace slim
