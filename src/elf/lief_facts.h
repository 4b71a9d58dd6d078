// LIEF's opinion on whether two files are the same program.
#pragma once

#include <optional>
#include <string>

#include "util/bytes.h"

namespace slim::elf {

// Compares dynamic entries, dynamic symbols with their versions, relocations, notes and the loader's facts.
// nullopt: no difference. Files that LIEF can't parse are different.
std::optional<std::string> lief_difference(ByteView original, ByteView rewritten);

}  // namespace slim::elf
