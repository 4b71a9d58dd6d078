// Which files are Python's, as source or as bytecode.
#pragma once

#include <optional>
#include <string_view>

#include "model/inspection.h"
#include "util/bytes.h"

namespace slim {

std::optional<FileKind> find_python_kind(ByteView bytes, std::string_view path, bool is_text);

}  // namespace slim
