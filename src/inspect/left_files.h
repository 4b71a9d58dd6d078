// Files that file managers, sync programs, editors and archivers leave behind, known by what is in them.
#pragma once

#include <optional>
#include <string_view>

#include "model/inspection.h"
#include "util/bytes.h"

namespace slim {

// The last component of its path matters for text alone, whose beginnings are less telling than numbers.
std::optional<FileKind> kind_of_left_file(ByteView bytes, std::string_view path);

}  // namespace slim
