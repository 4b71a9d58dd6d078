// Is the rewritten file the same program? Each check has one sentence for its failure.
#pragma once

#include <optional>
#include <string>

#include "util/bytes.h"

namespace slim::elf {

// nullopt: every check passed, by slim's own reader and by LIEF.
std::optional<std::string> find_difference(ByteView original, ByteView rewritten);

}  // namespace slim::elf
