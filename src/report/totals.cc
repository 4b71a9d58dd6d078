#include "report/totals.h"

#include <algorithm>
#include <map>

namespace slim {
namespace {

void add(Sizes& sum, const Sizes& part) {
  sum.unpacked_before += part.unpacked_before;
  sum.unpacked_after += part.unpacked_after;
  sum.packed_before += part.packed_before;
  sum.packed_after += part.packed_after;
}

void add(Group& group, const std::string& name, const Sizes& part) {
  group.name = name;
  ++group.files;
  add(group.sizes, part);
}

std::vector<Group> values(const std::map<std::string, Group>& groups) {
  std::vector<Group> out;
  for (const auto& [name, group] : groups) out.push_back(group);
  return out;
}

std::int64_t saved(const Group& group) {
  return static_cast<std::int64_t>(group.sizes.unpacked_before) -
         static_cast<std::int64_t>(group.sizes.unpacked_after);
}

}  // namespace

Totals sum_up(const RunReport& report) {
  Totals totals;
  std::map<std::string, Group> rules;
  std::map<std::string, Group> owners;
  for (std::size_t i = 0; i < report.package.entries.size(); ++i) {
    const Entry& entry = report.package.entries[i];
    const Action& action = report.plan.actions[i];
    if (entry.type == EntryType::directory) continue;
    const Sizes sizes{entry.size, action.size_after, entry.packed,
                      report.written ? report.written->packed[i] : 0};
    add(totals.sizes, sizes);
    ++totals.files_before;
    totals.files_after += action.verb != Verb::drop;
    add(owners[report.inspection.owner[i]], report.inspection.owner[i], sizes);
    if (action.verb == Verb::keep) {
      add(totals.unchanged, "", sizes);
    } else {
      add(rules[action.rule], action.rule, sizes);
    }
  }
  for (std::size_t i = 0; i < report.plan.additions.size(); ++i) {
    const Addition& addition = report.plan.additions[i];
    const Sizes sizes{0, addition.bytes.size(), 0, report.written ? report.written->packed_additions[i] : 0};
    add(totals.sizes, sizes);
    ++totals.files_after;
    add(rules[addition.rule], addition.rule, sizes);
  }
  totals.container_before = report.package.container_bytes;
  totals.container_after = report.written ? report.written->container_bytes : 0;
  totals.rules = values(rules);
  std::ranges::stable_sort(totals.rules, std::greater{}, saved);
  totals.owners = values(owners);
  std::ranges::stable_sort(totals.owners, std::greater{},
                           [](const Group& group) { return group.sizes.unpacked_after; });
  return totals;
}

}  // namespace slim
