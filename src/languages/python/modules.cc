#include "languages/python/modules.h"

#include <algorithm>

namespace slim {

std::vector<Module> all_modules(const Package& package, const std::vector<std::string>& roots) {
  std::vector<Module> modules;
  for_each_module(package, roots,
                  [&](const std::string& name, std::size_t entry) { modules.push_back({name, entry}); });
  std::ranges::stable_sort(modules, {}, &Module::name);
  return modules;
}

std::span<const Module> modules_named(const std::vector<Module>& modules, std::string_view name) {
  const auto found = std::ranges::equal_range(modules, name, {}, &Module::name);
  return {found.begin(), found.end()};
}

std::optional<std::string_view> root_of(const std::vector<std::string>& roots, std::string_view path) {
  std::optional<std::string_view> longest;
  for (const std::string& root : roots) {
    if (path.starts_with(root) && (!longest || root.size() > longest->size())) longest = root;
  }
  return longest;
}

}  // namespace slim
