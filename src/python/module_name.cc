#include "python/module_name.h"

#include <algorithm>

#include "util/path.h"

namespace slim::python {

std::string package_name(std::string_view path) {
  std::string package(parent_of(path));
  std::ranges::replace(package, '/', '.');
  return package;
}

std::string module_name(std::string_view path) {
  const std::string_view name = base_name(path);
  if (!name.ends_with(".py") && !name.ends_with(".so") && !name.ends_with(".pyc")) return {};
  const std::string_view stem = name.substr(0, name.find('.'));
  if (stem.empty()) return {};  // a hidden file, as "._x.py"
  if (stem == "__init__") return package_name(path);
  return join_names(package_name(path), stem);
}

std::string absolute_name(std::string_view name, std::string_view package) {
  const std::size_t dots = std::min(name.find_first_not_of('.'), name.size());
  if (dots == 0) return std::string(name);
  for (std::size_t i = 1; i < dots; ++i) {
    const std::size_t cut = package.rfind('.');
    if (cut == std::string_view::npos) return {};
    package = package.substr(0, cut);
  }
  return join_names(package, name.substr(dots));
}

std::string_view package_above(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return name.substr(0, dot == std::string_view::npos ? 0 : dot);
}

std::string join_names(std::string_view left, std::string_view right) {
  std::string name(left);
  if (!left.empty() && !right.empty()) name += '.';
  name += right;
  return name;
}

}  // namespace slim::python
