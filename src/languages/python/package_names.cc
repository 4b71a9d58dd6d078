#include "languages/python/package_names.h"

#include <algorithm>

#include "python/module_name.h"
#include "util/path.h"

namespace slim {

PackageNames::PackageNames(const Package& package, const std::vector<std::string>& roots)
    : package_(package), roots_(roots) {
  for (const Entry& entry : package.entries) {
    const std::string_view path = entry.path;
    for (const std::string& root : roots) {
      if (!path.starts_with(root)) continue;
      const std::string name = python::module_name(path.substr(root.size()));
      add_module(name);
      add_package(path, name);
    }
    for (std::size_t at = 0; at <= path.size();) {
      const std::size_t end = std::min(path.find('/', at), path.size());
      components_.insert(path.substr(at, end - at));
      at = end + 1;
    }
  }
}

// A folder with modules in it is a package too, if only a namespace (PEP 420).
void PackageNames::add_module(std::string_view name) {
  while (!name.empty() && modules_.emplace(name).second) {
    const std::size_t dot = name.rfind('.');
    name = name.substr(0, dot == std::string_view::npos ? 0 : dot);
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
  std::size_t longest = 0;
  for (const std::string& root : roots_) {
    if (path.starts_with(root)) longest = std::max(longest, root.size());
  }
  return path.substr(longest);
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

bool PackageNames::is_file(std::string_view path) const { return has_file(package_, path); }

bool PackageNames::is_folder(std::string_view path) const {
  return has_entries_below(package_, std::string(path) + "/");
}

}  // namespace slim
