#include "trial/changes.h"

#include <algorithm>
#include <map>
#include <memory>

#include "trial/mixed_source.h"
#include "util/path.h"

namespace slim {
namespace {

bool is_named(std::string_view text, const std::string& path) {
  const std::string_view file = base_name(path);
  if (file.size() > 3 && file != "__init__.py" && text.find(file) != std::string_view::npos) return true;
  std::string module = path.substr(0, path.rfind('.'));
  if (module.ends_with("/__init__")) module.resize(module.size() - std::string_view("/__init__").size());
  std::ranges::replace(module, '/', '.');
  return module.find('.') != std::string::npos && text.find(module) != std::string_view::npos;
}

}  // namespace

bool is_restorable(const Action& action) { return !keeps_bytes(action) && !action.rule.starts_with("--"); }

std::set<Change> changes_of(const std::vector<Restored>& restored) {
  std::set<Change> changes;
  for (const Restored& item : restored) changes.insert({item.rule, item.owner});
  return changes;
}

std::set<Change> changes_named_in(std::string_view text, const Package& package, const Inspection& inspection,
                                  const Plan& plan, const std::set<Change>& restored) {
  return changes_where(inspection, plan, restored,
                       [&](std::size_t i) { return is_named(text, package.entries[i].path); });
}

Package with_restored(const std::set<Change>& changes, const Package& before, const Package& after,
                      const Inspection& inspection, const Plan& plan) {
  std::map<std::string, std::pair<const Package*, std::size_t>> chosen;
  for (std::size_t i = 0; i < after.entries.size(); ++i) chosen[after.entries[i].path] = {&after, i};
  for (const Addition& addition : plan.additions) {
    if (changes.contains({addition.rule, inspection.owner[addition.made_of]})) chosen.erase(addition.path);
  }
  for (std::size_t i = 0; i < before.entries.size(); ++i) {
    const Action& action = plan.actions[i];
    if (is_restorable(action) && changes.contains({action.rule, inspection.owner[i]}))
      chosen[before.entries[i].path] = {&before, i};
  }
  Package mixed;
  mixed.path = after.path;
  mixed.format = after.format;
  mixed.container_bytes = after.container_bytes;
  std::vector<MixedSource::Origin> origins;
  for (const auto& [path, origin] : chosen) {
    mixed.entries.push_back(origin.first->entries[origin.second]);
    origins.push_back(origin_of(*origin.first, origin.second));
  }
  mixed.source = std::make_shared<MixedSource>(std::move(origins));
  return mixed;
}

}  // namespace slim
