// What is wrong with a command line, in plain words. CLI11 says what it expected; people want to know which
// of their words it was, and what to write instead.
#pragma once

#include <string>
#include <vector>

#include "cli/flags.h"
#include "util/result.h"

namespace slim {

// The command that the first word names; the main one where it names none.
CommandId command_of(const std::vector<std::string>& words);

// Errors: a first word that names no file and no command, but is spelled nearly as a command is.
Status check_first_word(const std::vector<std::string>& words);

// `words` are those behind the command's. The first fault among them; none where they are as the table says.
Status find_misuse(CommandId id, const std::vector<std::string>& words);

// "slim check", for hints
std::string called(CommandId id);

}  // namespace slim
