// What a file says about the package's Python modules, and which of its other files it names.
#pragma once

#include <string>
#include <string_view>

#include "inspect/package_names.h"
#include "model/inspection.h"

namespace slim {

// Fills what FileFacts holds for Python; facts.kind is known. Does nothing for files that Python doesn't
// read.
void find_python_facts(std::string_view text, const std::string& path, const PackageNames& names,
                       FileFacts& facts);

}  // namespace slim
