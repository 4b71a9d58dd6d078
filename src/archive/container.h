// Any container: decides by content, not by name, which of the readers it is for.
#pragma once

#include <string>

#include "archive/entry.h"

namespace slim::archive {

// "-" is standard input, which is copied to a scratch file first: readers go to and fro. Errors name the
// path.
Result<Contents> open_container(const std::string& path);

}  // namespace slim::archive
