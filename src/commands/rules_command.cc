#include "commands/rules_command.h"

#include <map>

#include "commands/planned.h"
#include "plan/rule_set.h"
#include "report/output.h"
#include "report/painter.h"
#include "report/totals.h"
#include "util/format.h"

namespace slim {
namespace {

std::string field(const char* label, const std::string& value) {
  return value.empty() ? "" : format("    {:<9} {}\n", label, printable(value));
}

std::string savings(const Group& group) {
  const Sizes& sizes = group.sizes;
  const bool more = sizes.unpacked_after > sizes.unpacked_before;
  const std::uint64_t bytes =
      more ? sizes.unpacked_after - sizes.unpacked_before : sizes.unpacked_before - sizes.unpacked_after;
  return format("{}{} unpacked in {} {}", more ? "+" : "-", human_bytes(bytes), with_commas(group.files),
                group.files == 1 ? "file" : "files");
}

std::string text_of(const Rule& rule, const std::map<std::string, Group>& groups, bool has_package,
                    const Painter& paint) {
  const std::string state = rule.on ? paint.green("on") : paint.dim("off");
  std::string out = format("  {}  {}, {}\n", paint.bold(rule.id), verb_name(rule.action), state);
  out += field("reason", rule.reason) + field("evidence", rule.evidence) + field("risk", rule.risk);
  out += field("from", rule.origin);
  if (const auto found = groups.find(rule.id); found != groups.end()) {
    out += field("here", savings(found->second));
  } else if (has_package && rule.on && rule.action != Verb::keep) {
    out += field("here", "nothing to do");
  }
  return out + "\n";
}

Result<std::map<std::string, Group>> groups_of(const Options& options) {
  std::map<std::string, Group> groups;
  if (options.input.empty()) return groups;
  TRY(const Planned planned, make_settled_plan(options));
  const Totals totals = sum_up(RunReport{options, planned.package, planned.inspection, planned.plan});
  for (const Group& group : totals.rules) groups[group.name] = group;
  return groups;
}

}  // namespace

Result<int> run_rules_command(const RulesCommand& command) {
  const Painter paint(style_of_stdout());
  TRY(const std::vector<Rule> rules, all_rules(command.options));
  TRY(const auto groups, groups_of(command.options));
  std::string out;
  for (const Rule& rule : rules) out += text_of(rule, groups, !command.options.input.empty(), paint);
  CHECK_OK(print_text(out));
  return 0;
}

}  // namespace slim
