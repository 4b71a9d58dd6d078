// The report of a run for a pull request or a job's summary: sizes, then what is worth opening.
#include <algorithm>

#include "report/change.h"
#include "report/markdown.h"
#include "report/proof_report.h"
#include "report/report.h"
#include "report/start_report.h"
#include "report/totals.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

using markdown::code;
using markdown::Table;
using markdown::text;

constexpr std::size_t kMostPackages = 25;
constexpr std::size_t kMostFiles = 50;

constexpr const char* kMinus = "−";

std::string change(std::uint64_t before, std::uint64_t after) { return change_text(before, after, kMinus); }

std::string title(const RunReport& report) {
  const std::string to = report.written != nullptr ? " → " + code(report.written->path) : " (dry run)";
  std::string out = format("### slim {}{}\n\n", code(report.package.path), to);
  const ConfigUse& config = report.options.config;
  if (!config.path.empty())
    out += format("By {}{}.\n\n", code(config.path),
                  config.profile.empty() ? "" : ", profile " + code(config.profile));
  return out;
}

std::string sizes(const RunReport& report, const Totals& totals) {
  Table table({"", "before:", "after:", "change:"});
  const Sizes& sum = totals.sizes;
  table.add_row({"unpacked", human_bytes(sum.unpacked_before),
                 format("**{}**", human_bytes(sum.unpacked_after)),
                 change(sum.unpacked_before, sum.unpacked_after)});
  if (totals.container_after) {
    const bool both = totals.container_before.has_value();
    table.add_row({container_label(report), both ? human_bytes(*totals.container_before) : "",
                   format("**{}**", human_bytes(*totals.container_after)),
                   both ? change(*totals.container_before, *totals.container_after) : ""});
  }
  table.add_row({"files", with_commas(totals.files_before), format("**{}**", with_commas(totals.files_after)),
                 change(totals.files_before, totals.files_after)});
  return table.fitting(markdown::kRoom) + "\n";
}

// Half of the room is for what may be wrong, which comes first; the rest for what was done.
std::string findings(const Plan& plan, std::size_t& room) {
  std::vector<PackageFinding> items;
  for (const Finding& finding : plan.findings) items.push_back({"", finding});
  const std::vector<FindingGroup> groups = grouped(items, false);
  std::string out;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const std::string title = plural(count_of(items, severity), severity_name(severity));
    std::size_t part = room / 2;
    const std::string table = markdown::collapsible(title, markdown::findings_table(groups, severity), part);
    out += table;
    room -= table.size();
  }
  return out;
}

Table rules_table(const Totals& totals) {
  const bool packed = totals.packing.both();
  std::vector<std::string> header = {"rule", "why", "files:", "unpacked:"};
  if (packed) header.emplace_back("packed:");
  Table table(header);
  for (const Group& group : totals.rules) {
    const Sizes& s = group.sizes;
    std::vector<std::string> cells = {code(group.name), text(printable(group.reason)),
                                      with_commas(group.files),
                                      signed_bytes(s.unpacked_before, s.unpacked_after, kMinus)};
    if (packed) cells.push_back(signed_bytes(s.packed_before, s.packed_after, kMinus));
    table.add_row(cells);
  }
  return table;
}

Table packages_table(const Totals& totals) {
  Table table({"package", "files:", "before:", "after:", "change:"});
  for (std::size_t i = 0; i < std::min(kMostPackages, totals.owners.size()); ++i) {
    const Group& group = totals.owners[i];
    table.add_row({code(group.name), with_commas(group.files), human_bytes(group.sizes.unpacked_before),
                   human_bytes(group.sizes.unpacked_after),
                   change(group.sizes.unpacked_before, group.sizes.unpacked_after)});
  }
  return table;
}

// Those that changed most.
Table files_table(const RunReport& report) {
  Table table({"file", "what happened", "rule", "before:", "after:"});
  std::vector<std::size_t> changed;
  for (std::size_t i = 0; i < report.package.entries.size(); ++i) {
    if (report.plan.actions[i].verb != Verb::keep && report.package.entries[i].type != EntryType::directory)
      changed.push_back(i);
  }
  const auto saved = [&](std::size_t i) {
    return static_cast<std::int64_t>(report.package.entries[i].size) -
           static_cast<std::int64_t>(report.plan.actions[i].size_after);
  };
  std::ranges::stable_sort(changed, std::greater{}, saved);
  if (changed.size() > kMostFiles) changed.resize(kMostFiles);
  for (const std::size_t i : changed) {
    const Action& action = report.plan.actions[i];
    table.add_row({code(report.package.entries[i].path), verb_name(action.verb), code(action.rule),
                   human_bytes(report.package.entries[i].size), human_bytes(action.size_after)});
  }
  return table;
}

}  // namespace

std::string markdown_report(const RunReport& report) {
  const Totals totals = sum_up(report);
  std::string out = title(report) + sizes(report, totals) + markdown_proof(report.proof);
  if (const std::string cost = cost_sentence(report); !cost.empty()) out += text(printable(cost)) + "\n\n";
  const std::string last = format("<sub>slim {}</sub>\n", version());
  std::size_t room = markdown::kRoom - out.size() - last.size();
  out += findings(report.plan, room);
  out += markdown::collapsible("By rule: " + plural(totals.rules.size(), "rule"), rules_table(totals), room);
  out += markdown::collapsible("Largest of " + plural(totals.owners.size(), "package"),
                               packages_table(totals), room);
  out += markdown::collapsible("Files that changed most", files_table(report), room);
  return out + last;
}

}  // namespace slim
