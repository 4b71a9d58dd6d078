#include "trial/restore.h"

#include <set>

#include "trial/changes.h"
#include "util/format.h"

namespace slim {
namespace {

std::set<Change> changes_behind(const Failure& failure, const Package& package, const Inspection& inspection,
                                const Plan& plan, const std::set<Change>& restored) {
  std::set<Change> changes = changes_named_in(failure.error, package, inspection, plan, restored);
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
  const std::set<Change> before = changes_of(restored);
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
