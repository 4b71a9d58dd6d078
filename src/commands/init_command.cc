#include "commands/init_command.h"

#include <algorithm>
#include <filesystem>

#include "check/check.h"
#include "cli/config.h"
#include "commands/init_text.h"
#include "commands/planned.h"
#include "model/deployment_sizes.h"
#include "plan/make_plan.h"
#include "plan/rule_set.h"
#include "report/output.h"
#include "util/format.h"

namespace slim {
namespace {

// Unpacked bytes of files that these options drop and the plan as it is does not.
Result<std::uint64_t> more_dropped(const Planned& planned, const Options& options) {
  TRY(const Plan plan, make_plan(planned.package, planned.inspection, options, {}, all_is_read));
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    if (plan.actions[i].verb == Verb::drop && planned.plan.actions[i].verb != Verb::drop)
      bytes += planned.package.entries[i].size;
  }
  return bytes;
}

// Each rule by itself, as they may take the same files.
Status look_for_offers(const Planned& planned, InitFacts& facts) {
  TRY(const std::vector<Rule> rules, all_rules(Options{}));
  for (const Rule& rule : rules) {
    if (rule.on) continue;
    Options with_rule;
    with_rule.enable.push_back({rule.id, "--enable", ""});
    TRY(const std::uint64_t bytes, more_dropped(planned, with_rule));
    if (bytes != 0) facts.offers.push_back({rule.id, bytes, rule.risk});
  }
  std::ranges::stable_sort(facts.offers, std::greater{}, &Offer::bytes);
  Options by_use;
  by_use.services = {{"auto", "--services", ""}};
  TRY(facts.unused_services, more_dropped(planned, by_use));
  return {};
}

Result<InitFacts> look_at(const std::string& path) {
  InitFacts facts;
  if (path.empty()) return facts;
  facts.package = path;
  Options options;
  options.input = path;
  TRY(const Planned planned, make_settled_plan(options));
  Plan all_kept;
  all_kept.actions.resize(planned.package.entries.size());
  const std::vector<Part> parts = {
      {&planned.package, &planned.inspection, &all_kept, mount_of(planned.inspection)}};
  const Target target = target_of(parts, "", std::nullopt);
  if (target.runtime != nullptr) facts.runtime = target.runtime_id;
  const std::string arch = arch_verdict(parts.front()).name();
  if (arch_from(arch)) facts.arch = arch;
  const DeploymentSizes sizes = measure(parts);
  facts.zipped = sizes.zipped;
  facts.unpacked = sizes.unpacked;
  facts.slimmed += unpacked_bytes(planned.plan);
  for (const Addition& addition : planned.plan.additions) facts.slimmed += addition.bytes.size();
  CHECK_OK(look_for_offers(planned, facts));
  return facts;
}

std::string summary(const InitCommand& command, const InitFacts& facts) {
  std::string out = format("{} is written", printable(command.output));
  if (!facts.package.empty()) {
    out += format(": {}, {}, {} unpacked, {} more to turn on",
                  facts.runtime.empty() ? "runtime unknown" : facts.runtime,
                  facts.arch.empty() ? "no architecture" : facts.arch, human_bytes(facts.unpacked),
                  facts.offers.size() == 1 ? "1 rule" : format("{} rules", facts.offers.size()));
  }
  return out + "\n";
}

}  // namespace

Result<int> run_init_command(const InitCommand& command) {
  std::error_code ignored;
  if (command.output != "-" && std::filesystem::symlink_status(command.output, ignored).type() !=
                                   std::filesystem::file_type::not_found) {
    return fail(format("{}: is there already: name another with -o, or - for standard output",
                       printable(command.output)));
  }
  TRY(const InitFacts facts, look_at(command.package));
  const std::string text = init_text(facts);
  CHECK_OK(parse_config(text, command.output, nullptr, false));  // never writes what slim would refuse
  CHECK_OK(write_or_print(command.output, text));
  if (command.output != "-") CHECK_OK(print_text(summary(command, facts)));
  return 0;
}

}  // namespace slim
