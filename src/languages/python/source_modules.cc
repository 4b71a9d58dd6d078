#include "languages/python/source_modules.h"

#include <algorithm>

#include "languages/python/modules.h"
#include "languages/python/python_facts.h"
#include "python/module_name.h"
#include "util/path.h"

namespace slim {
namespace {

// "a.b.py" and what lies in "x-1.0/" can be loaded by their paths only.
bool has_name(std::string_view below_root) {
  const std::size_t dot = below_root.find('.');
  return dot != std::string_view::npos && dot == below_root.size() - std::string_view(".py").size();
}

}  // namespace

SourceModules::SourceModules(const Package& package, const Inspection& inspection) : package_(package) {
  const std::vector<std::string>& roots = python_roots(inspection);
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string_view path = package.entries[i].path;
    const auto root = root_of(roots, path);
    if (!root || package.entries[i].type != EntryType::file) continue;
    const std::string_view below = path.substr(root->size());
    const std::string name = python::module_name(below);
    if (!below.ends_with(".py")) {
      if (!name.empty()) compiled_.try_emplace(name, i);
      continue;
    }
    sources_.push_back(i);
    if (!has_name(below) || name.empty()) continue;
    const auto place = static_cast<std::size_t>(std::ranges::find(roots, *root) - roots.begin());
    const std::size_t rank = 2 * place + (base_name(below) == "__init__.py" ? 0 : 1);
    const auto [known, is_new] = modules_.try_emplace(name, Found{i, rank});
    if (!is_new && rank < known->second.rank) known->second = {i, rank};
  }
  for (const auto& [name, found] : modules_) names_.emplace(found.entry, name);
}

std::optional<std::size_t> SourceModules::find(std::string_view name) const {
  const auto found = modules_.find(name);
  return found == modules_.end() ? std::nullopt : std::optional(found->second.entry);
}

std::string SourceModules::name_of(std::size_t entry) const {
  if (const auto found = names_.find(entry); found != names_.end()) return found->second;
  const std::string& path = package_.entries[entry].path;
  return path.find('/') == std::string::npos ? "./" + path : path;
}

std::optional<std::size_t> SourceModules::named(std::string_view name) const {
  if (name.find('/') == std::string_view::npos) return find(name);
  if (name.starts_with("./")) name.remove_prefix(2);
  const auto entry = find_entry(package_, std::string(name));
  if (!entry || !std::ranges::binary_search(sources_, *entry)) return std::nullopt;
  return entry;
}

bool SourceModules::has_module(std::string_view name) const {
  return modules_.contains(name) || compiled_.contains(name);
}

std::vector<std::string> SourceModules::names() const {
  std::vector<std::string> names;
  for (const auto& [name, found] : modules_) names.push_back(name);
  return names;
}

}  // namespace slim
