#include "model/test_folders.h"

#include <algorithm>

#include "util/path.h"

namespace slim {

bool is_import_package(const Package& package, std::string_view folder) {
  const std::string base = std::string(folder) + "__init__.py";
  return has_file(package, base) || has_file(package, base + "c");
}

// Any such folder on the way will do: a/tests/ may be a top-level package by that name, with a real tests
// folder further down.
bool lies_in_package_tests(const Package& package, const std::vector<std::string>& roots,
                           std::string_view path) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    const std::string_view folder = path.substr(0, slash);
    if (!is_test_folder(base_name(folder))) continue;
    const std::string_view parent = folder_of(folder);
    const bool at_root = std::ranges::find(roots, parent) != roots.end();
    if (!at_root && !parent.empty() && is_import_package(package, parent)) return true;
  }
  return false;
}

}  // namespace slim
