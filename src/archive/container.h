// Any container: decides by content, not by name, which of the readers it is for.
#pragma once

#include <cstdint>
#include <string>

#include "archive/entry.h"

namespace slim::archive {

enum class Backslashes : std::uint8_t {
  refused,
  taken_as_slashes,  // in zips, to look at what was meant; Contents::backslash_names has them
};

// "-" is standard input, which is copied to a scratch file first, as readers jump back and forth in a file.
// Errors name the path.
Result<Contents> open_container(const std::string& path, Backslashes backslashes = Backslashes::refused);

}  // namespace slim::archive
