// Files and folders of the package that a text names by their paths.
#pragma once

#include <string_view>
#include <vector>

#include "languages/python/package_names.h"
#include "model/inspection.h"

namespace slim {

// "../tests/data/*/x.csv" -> tests, data, *
std::vector<std::string_view> path_components(std::string_view text, char separator);

// Adds what the path leads to, looked up from the folder of the file that names it and from each above it up
// to its root, as the beginning of a path is often an expression. As much of the path counts as there is.
void add_named_path(const PackageNames& names, std::string_view file,
                    const std::vector<std::string_view>& path, std::vector<Reference>& references);

}  // namespace slim
