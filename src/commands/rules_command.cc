#include "commands/rules_command.h"

#include <map>

#include "commands/planned.h"
#include "json/json.h"
#include "plan/rule_set.h"
#include "report/config_report.h"
#include "report/output.h"
#include "report/painter.h"
#include "report/text_table.h"
#include "report/totals.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

std::string field(const char* label, const std::string& value) {
  constexpr std::size_t indent = 4 + 9 + 1;
  if (value.empty()) return {};
  return format("    {:<9} {}\n", label, hanging(printable(value), indent, indent, style_of_stdout().width));
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

using json::Json;

Json rule_json(const Rule& rule, const std::map<std::string, Group>& groups, bool has_package) {
  Json json = {{"rule", rule.id},
               {"action", verb_name(rule.action)},
               {"enabled", rule.on},
               {"reason", printable(rule.reason)},
               {"evidence", printable(rule.evidence)}};
  if (!rule.risk.empty()) json["risk"] = printable(rule.risk);
  json["from"] = printable(rule.origin);
  if (!has_package) return json;
  const auto found = groups.find(rule.id);
  const Group group = found == groups.end() ? Group{} : found->second;
  json["files"] = group.files;
  json["unpacked_before"] = group.sizes.unpacked_before;
  json["unpacked_after"] = group.sizes.unpacked_after;
  return json;
}

// Schema "slim-rules-1". With a package, each rule has the files that it changes there, and their bytes.
std::string json_text(const RulesCommand& command, const std::vector<Rule>& rules,
                      const std::map<std::string, Group>& groups) {
  const std::string& package = command.options.input;
  Json json = {{"schema", "slim-rules-1"}, {"slim", version()}};
  add_config(json, command.options.config);
  if (!package.empty()) json["input"] = printable(package);
  json["rules"] = Json::array();
  for (const Rule& rule : rules) json["rules"].push_back(rule_json(rule, groups, !package.empty()));
  return json.dump() + "\n";
}

}  // namespace

Result<int> run_rules_command(const RulesCommand& command) {
  const Painter paint(style_of_stdout());
  TRY(const std::vector<Rule> rules, all_rules(command.options));
  TRY(const auto groups, groups_of(command.options));
  if (!command.options.json.empty())
    CHECK_OK(write_or_print(command.options.json, json_text(command, rules, groups)));
  if (command.options.json == "-") return 0;
  std::string out = config_line(command.options.config, paint);
  for (const Rule& rule : rules) out += text_of(rule, groups, !command.options.input.empty(), paint);
  CHECK_OK(print_text(out));
  return 0;
}

}  // namespace slim
