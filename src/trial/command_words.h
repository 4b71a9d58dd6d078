// How a command ended and what it printed, in words.
#pragma once

#include <string>

#include "interpreter/command.h"

namespace slim {

// "ends with exit code 1", "is ended by signal 11", "does not end within 120 seconds"
std::string ending_of(const interpreter::CommandResult& result, unsigned seconds);

// ": ModuleNotFoundError: …", the last line of standard error; "" where there is none.
std::string last_error(const interpreter::CommandResult& result);

// "prints 'a' and not 'b' (line 3)", of outputs that differ.
std::string output_difference(const interpreter::CommandResult& now, const interpreter::CommandResult& was);

}  // namespace slim
