#include "trial/restore.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

struct Change {
  std::string rule;
  std::string owner;
  auto operator<=>(const Change&) const = default;
};

bool is_changed(const Action& action) { return action.verb != Verb::keep && !action.rule.starts_with("--"); }

// What the plan does to the entries that are wanted, or adds for them, and is not restored already.
template <typename Wanted>
std::set<Change> changes_where(const Inspection& inspection, const Plan& plan,
                               const std::set<Change>& restored, const Wanted& wanted) {
  std::set<Change> changes;
  const auto add = [&](const std::string& rule, std::size_t i) {
    if (!wanted(i)) return;
    Change change{rule, inspection.owner[i]};
    if (!restored.contains(change)) changes.insert(std::move(change));
  };
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    if (is_changed(plan.actions[i])) add(plan.actions[i].rule, i);
  }
  for (const Addition& addition : plan.additions) add(addition.rule, addition.made_of);
  return changes;
}

// "No module named 'a.tests.b'" and "[Errno 2] … 'a/data/x.json'" name what is missing.
bool is_named(std::string_view error, const std::string& path) {
  const std::string_view file = base_name(path);
  if (file.size() > 3 && file != "__init__.py" && error.find(file) != std::string_view::npos) return true;
  std::string module = path.substr(0, path.rfind('.'));
  if (module.ends_with("/__init__")) module.resize(module.size() - std::string_view("/__init__").size());
  std::ranges::replace(module, '/', '.');
  return module.find('.') != std::string::npos && error.find(module) != std::string_view::npos;
}

std::set<Change> changes_behind(const Failure& failure, const Package& package, const Inspection& inspection,
                                const Plan& plan, const std::set<Change>& restored) {
  std::set<Change> changes = changes_where(inspection, plan, restored, [&](std::size_t i) {
    return is_named(failure.error, package.entries[i].path);
  });
  if (changes.empty() && (failure.entry || failure.is_distribution)) {
    const std::string& owner = failure.entry ? inspection.owner[*failure.entry] : failure.module;
    changes = changes_where(inspection, plan, restored,
                            [&](std::size_t i) { return inspection.owner[i] == owner; });
  }
  if (changes.empty()) changes = changes_where(inspection, plan, restored, [](std::size_t) { return true; });
  return changes;
}

}  // namespace

std::vector<Restored> rules_to_restore(const std::vector<Failure>& failures, const Package& package,
                                       const Inspection& inspection, const Plan& plan,
                                       const std::vector<Restored>& restored) {
  std::set<Change> before;
  for (const Restored& item : restored) before.insert({item.rule, item.owner});
  std::vector<Restored> more;
  std::set<Change> known;
  for (const Failure& failure : failures) {
    for (const Change& change : changes_behind(failure, package, inspection, plan, before)) {
      if (!known.insert(change).second) continue;
      more.push_back({change.rule, change.owner,
                      format("without it {} did not work any more: {}", failure.module, failure.error)});
    }
  }
  return more;
}

}  // namespace slim
