#include "languages/python/package_names.h"

#include <algorithm>

#include "languages/python/modules.h"
#include "python/module_name.h"
#include "util/path.h"

namespace slim {

PackageNames::PackageNames(const Package& package, const std::vector<std::string>& roots)
    : package_(package), roots_(roots) {
  for_each_module(package, roots, [&](const std::string& name, std::size_t i) {
    python::add_with_packages(modules_, name);  // a folder with modules is one, if only a namespace (PEP 420)
    add_package(package.entries[i].path, name);
  });
  for (const Entry& entry : package.entries) {
    const std::string_view path = entry.path;
    for (std::size_t at = 0; at <= path.size();) {
      const std::size_t end = std::min(path.find('/', at), path.size());
      components_.insert(path.substr(at, end - at));
      at = end + 1;
    }
  }
}

void PackageNames::add_package(std::string_view path, std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || !base_name(path).starts_with("__init__.")) return;
  const std::string_view last = name.substr(dot + 1);
  // Tests are named after what they test, so that a name which leads into them says nothing.
  const auto is_below = [&](std::string_view folder) { return name.find(folder) != std::string_view::npos; };
  if (last == "tests" || last == "test" || is_below(".tests.") || is_below(".test.")) return;
  parents_[std::string(last)].emplace_back(name.substr(0, dot));
}

const std::vector<std::string>& PackageNames::parents_of_packages(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = parents_.find(name);
  return found == parents_.end() ? none : found->second;
}

std::string_view PackageNames::below_root(std::string_view path) const {
  return path.substr(root_of(roots_, path).value_or("").size());
}

std::string_view PackageNames::longest_module(std::string_view name) const {
  // From the front, as nearly all names are of the standard library and have no top here.
  std::size_t known = 0;
  for (std::size_t end = name.find('.');; end = name.find('.', end + 1)) {
    if (!modules_.contains(name.substr(0, end))) break;
    known = std::min(end, name.size());
    if (end == std::string_view::npos) break;
  }
  return name.substr(0, known);
}

bool PackageNames::has_module_anywhere(std::string_view top) const {
  return is_module(top) || is_component(top) || is_component(std::string(top) + ".py");
}

bool PackageNames::is_file(std::string_view path) const { return has_file(package_, path); }

bool PackageNames::is_folder(std::string_view path) const {
  return has_entries_below(package_, std::string(path) + "/");
}

}  // namespace slim
