// Which files of a package are which modules, by the folders on sys.path (python_roots()).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/package.h"
#include "python/module_name.h"

namespace slim {

struct Module {
  std::string name;       // "numpy.linalg"
  std::size_t entry = 0;  // the file that it is
};

// Calls visit(name, entry) for each name of each file, in the order of the entries. A file below two roots has
// two names; a name may be that of several files: "a.b" of a/b.py, a/b/__init__.py and a/b.abi3.so.
template <typename Visit>
void for_each_module(const Package& package, const std::vector<std::string>& roots, Visit visit) {
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string_view path = package.entries[i].path;
    for (const std::string& root : roots) {
      if (!path.starts_with(root)) continue;
      const std::string name = python::module_name(path.substr(root.size()));
      if (!name.empty()) visit(name, i);
    }
  }
}

// The same, sorted by name and then by entry.
std::vector<Module> all_modules(const Package& package, const std::vector<std::string>& roots);

// Those of `modules`, which all_modules() gave, that have exactly this name.
std::span<const Module> modules_named(const std::vector<Module>& modules, std::string_view name);

// The longest of the roots that holds the path, "" being one, too; nullopt where none does.
std::optional<std::string_view> root_of(const std::vector<std::string>& roots, std::string_view path);

}  // namespace slim
