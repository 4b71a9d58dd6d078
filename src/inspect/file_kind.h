// A file's kind, told by its content; the name only where the content can't tell: source is text like any.
#pragma once

#include <string_view>

#include "model/inspection.h"
#include "util/bytes.h"

namespace slim {

FileKind kind_of_content(ByteView bytes, std::string_view path);

}  // namespace slim
