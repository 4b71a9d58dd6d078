#include "languages/python/folders_of_tests.h"

#include <algorithm>

#include "util/path.h"

namespace slim {

bool is_import_package(const Package& package, std::string_view folder) {
  const std::string base = std::string(folder) + "__init__.py";
  return has_file(package, base) || has_file(package, base + "c");
}

// Any such folder on the way counts: a/tests/ may be a top-level package by that name, with a real tests
// folder further down.
std::vector<std::string_view> package_test_folders(const Package& package,
                                                   const std::vector<std::string>& roots,
                                                   std::string_view path) {
  std::vector<std::string_view> found;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    const std::string_view folder = path.substr(0, slash);
    if (!is_test_folder(base_name(folder))) continue;
    const std::string_view parent = folder_of(folder);
    const bool at_root = std::ranges::find(roots, parent) != roots.end();
    if (!at_root && !parent.empty() && is_import_package(package, parent))
      found.push_back(path.substr(0, slash + 1));
  }
  return found;
}

bool lies_in_package_tests(const Package& package, const std::vector<std::string>& roots,
                           std::string_view path) {
  return !package_test_folders(package, roots, path).empty();
}

TestSuites::const_iterator suite_of(const TestSuites& suites, std::string_view path) {
  for (std::string_view folder = folder_of(path); !folder.empty();
       folder = folder_of(folder.substr(0, folder.size() - 1))) {
    const auto found = suites.find(folder);
    if (found != suites.end()) return found;
  }
  return suites.end();
}

}  // namespace slim
