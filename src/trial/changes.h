// What a plan changes, in the units that can be restored: a rule's changes to one package.
#pragma once

#include <compare>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

struct Change {
  std::string rule;
  std::string owner;  // as in Inspection::owner
  auto operator<=>(const Change&) const = default;
};

// Everything but what the user has asked for by --drop.
bool is_restorable(const Action& action);

// What earlier rounds have found, as changes.
std::set<Change> changes_of(const std::vector<Restored>& restored);

// What the plan does to the entries that wanted(index) picks, or adds for them, and is not restored already.
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
    if (is_restorable(plan.actions[i])) add(plan.actions[i].rule, i);
  }
  for (const Addition& addition : plan.additions) add(addition.rule, addition.made_of);
  return changes;
}

// The changes to files that a text names: "No module named 'a.tests.b'", "[Errno 2] … 'a/data/x.json'".
std::set<Change> changes_named_in(std::string_view text, const Package& package, const Inspection& inspection,
                                  const Plan& plan, const std::set<Change>& restored);

// The package `after` with the original files where these changes were made, and without what they added.
Package with_restored(const std::set<Change>& changes, const Package& before, const Package& after,
                      const Inspection& inspection, const Plan& plan);

}  // namespace slim
