// What counts as the tests of a Python package: for the rule that drops them, and for what leaves them aside.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

// A folder by such a name may be anything: plugins that test values, a product's help for testing, SQL. What
// shows that it is a test suite?
enum class SuiteEvidence : std::uint8_t {
  some,   // a few of its modules define tests for a test framework
  clear,  // most do, or are named as test runners have it
};
// The folders for which something does, each with a slash at its end.
using TestSuites = std::map<std::string, SuiteEvidence, std::less<>>;

// The innermost of the suites that hold the path; suites.end() where none does.
TestSuites::const_iterator suite_of(const TestSuites& suites, std::string_view path);

}  // namespace slim
