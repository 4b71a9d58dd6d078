// The names that Python code can use for what the package holds: modules, files and folders.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/package.h"

namespace slim {

class PackageNames {
 public:
  // `roots`: the folders on sys.path, as Inspection::python_roots has them. Both must outlive this.
  PackageNames(const Package& package, const std::vector<std::string>& roots);

  // The path below the longest root that holds it.
  std::string_view below_root(std::string_view path) const;

  // The longest beginning of the dotted name that is a module; empty when not even its top is one.
  std::string_view longest_module(std::string_view name) const;
  bool is_module(std::string_view name) const { return modules_.contains(name); }

  // What stands before ".NAME" in the names of all packages so called: a folder that only sys.path leads to
  // ("vendor" for vendor/foo/__init__.py and foo).
  const std::vector<std::string>& parents_of_packages(std::string_view name) const;

  // Is there a module or a package of that name, wherever it lies?
  bool has_module_anywhere(std::string_view top) const;

  // Is it the name of any file or folder, wherever it lies?
  bool is_component(std::string_view name) const { return components_.contains(name); }
  bool is_file(std::string_view path) const;
  bool is_folder(std::string_view path) const;  // without a slash at its end

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  void add_package(std::string_view path, std::string_view name);

  const Package& package_;
  const std::vector<std::string>& roots_;
  std::unordered_set<std::string, Hash, std::equal_to<>> modules_;  // with the packages that hold them
  std::unordered_set<std::string_view> components_;
  std::unordered_map<std::string, std::vector<std::string>, Hash, std::equal_to<>> parents_;
};

}  // namespace slim
