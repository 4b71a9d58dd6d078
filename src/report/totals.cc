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

// A rule of the rule sets has one reason; --drop has one for each glob, and a link one for each file.
void add_reason(Group& group, const std::string& reason) {
  constexpr std::size_t longest = 240;
  if (group.reason.find(reason) != std::string::npos || group.reason.ends_with("; …")) return;
  const bool fits = group.reason.empty() || group.reason.size() + reason.size() <= longest;
  group.reason += (group.reason.empty() ? "" : "; ") + (fits ? reason : std::string("…"));
}

bool packs_each_file(ContainerFormat format) { return format == ContainerFormat::zip; }

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
      add_reason(rules[action.rule], action.reason);
    }
  }
  for (std::size_t i = 0; i < report.plan.additions.size(); ++i) {
    const Addition& addition = report.plan.additions[i];
    const Sizes sizes{0, addition.bytes.size(), 0, report.written ? report.written->packed_additions[i] : 0};
    add(totals.sizes, sizes);
    ++totals.files_after;
    add(rules[addition.rule], addition.rule, sizes);
    add_reason(rules[addition.rule], addition.reason);
  }
  const Written* written = report.written;
  totals.packing = {.files_before = packs_each_file(report.package.format),
                    .files_after = written != nullptr && packs_each_file(written->format)};
  if (report.package.format != ContainerFormat::folder)
    totals.container_before = report.package.container_bytes;
  if (written != nullptr && written->format != ContainerFormat::folder)
    totals.container_after = written->container_bytes;
  totals.rules = values(rules);
  std::ranges::stable_sort(totals.rules, std::greater{}, saved);
  totals.owners = values(owners);
  std::ranges::stable_sort(totals.owners, std::greater{},
                           [](const Group& group) { return group.sizes.unpacked_after; });
  return totals;
}

const char* container_label(const RunReport& report) {
  const auto is_zip_or_folder = [](ContainerFormat format) {
    return format == ContainerFormat::zip || format == ContainerFormat::folder;
  };
  const bool zips = is_zip_or_folder(report.package.format) &&
                    (report.written == nullptr || is_zip_or_folder(report.written->format));
  return zips ? "zipped" : "archived";
}

}  // namespace slim
