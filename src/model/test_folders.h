// What counts as the tests of a Python package: for the rule that drops them, and for what leaves them aside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/package.h"

namespace slim {

inline bool is_test_folder(std::string_view name) { return name == "tests" || name == "test"; }

// Is the folder ("a/b/") a regular package, as only __init__ makes one?
bool is_import_package(const Package& package, std::string_view folder);

// Does a folder test or tests hold the path, right in an import package that isn't itself on sys.path?
// `roots` are the folders that are.
bool lies_in_package_tests(const Package& package, const std::vector<std::string>& roots,
                           std::string_view path);

}  // namespace slim
