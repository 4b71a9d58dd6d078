// The import package that a path belongs to.
#pragma once

#include <string>
#include <string_view>

#include "model/inspection.h"

namespace slim {

// "root/numpy/" of "root/numpy/_core/x.h"; empty for what lies directly in a root.
std::string top_package(const Inspection& inspection, std::string_view path);

}  // namespace slim
