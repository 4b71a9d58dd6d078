// What a Python source file may import, and which of the package's other files it names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/inspection.h"

namespace slim {

// Fills imports, attaches_stub and source_mentions. `path` is the file's path below its Python root.
void find_python_hints(std::string_view source, std::string_view path, FileFacts& facts);

}  // namespace slim
