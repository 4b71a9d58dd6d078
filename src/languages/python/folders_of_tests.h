// What counts as the tests of a Python package: for the rule that drops them, and for what leaves them aside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

inline bool is_test_folder(std::string_view name) { return name == "tests" || name == "test"; }

// Is the folder ("a/b/") a regular package, as only __init__ makes one?
bool is_import_package(const Package& package, std::string_view folder);

// The folders test or tests ("a/b/tests/") that hold the path, right in an import package that isn't itself
// on sys.path; the outermost first. `roots` are the folders that are.
std::vector<std::string_view> package_test_folders(const Package& package,
                                                   const std::vector<std::string>& roots,
                                                   std::string_view path);
bool lies_in_package_tests(const Package& package, const std::vector<std::string>& roots,
                           std::string_view path);

// The innermost of the suites that hold the path; suites.end() where none does.
TestSuites::const_iterator suite_of(const TestSuites& suites, std::string_view path);

}  // namespace slim
