#include "commands/explain_command.h"

#include <algorithm>
#include <map>

#include "commands/planned.h"
#include "elf/account.h"
#include "plan/import_evidence.h"
#include "plan/rule_set.h"
#include "report/output.h"
#include "report/painter.h"
#include "util/format.h"
#include "util/glob.h"

namespace slim {
namespace {

struct Explainer {
  const Planned& planned;
  const std::map<std::string, Rule>& rules;
  const std::map<std::size_t, std::string>& importers;
  const Painter& paint;
};

std::string field(const char* label, const std::string& value) {
  return value.empty() ? "" : format("  {:<9} {}\n", label, printable(value));
}

// The entries that one of the user's words names: a path, or a glob.
Result<std::vector<std::size_t>> named_by(const Package& package, const std::string& word) {
  if (const auto exact = find_entry(package, word)) return std::vector<std::size_t>{*exact};
  Result<Glob> glob = Glob::compile(word);
  if (!glob) return tl::unexpected(at(printable(word), std::move(glob.error())));
  std::vector<std::size_t> indexes;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    if (package.entries[i].type != EntryType::directory && glob->matches(package.entries[i].path))
      indexes.push_back(i);
  }
  if (!indexes.empty()) return indexes;
  return fail(
      format("{}: no file of the package matches: name its path in the package, or a glob such as '*.so'",
             printable(word)));
}

// "23,110,144 of 24,107,520 bytes are loaded"
std::string elf_bytes(const Package& package, std::size_t index) {
  const Result<Bytes> bytes = package.load(index);
  if (!bytes) return {};
  const Result<elf::Image> image = elf::read_image(*bytes);
  if (!image) return {};
  std::uint64_t loaded = 0;
  for (const elf::Share& share : elf::account_for(*image)) loaded += share.loaded ? share.bytes : 0;
  return format("{} of {} bytes are loaded: see slim elf", with_commas(loaded), with_commas(bytes->size()));
}

std::string outcome(const Action& action, const Entry& entry) {
  if (action.verb == Verb::keep) return "stays as it is";
  if (action.verb == Verb::drop) return format("goes: {} less", human_bytes(entry.size));
  if (action.verb == Verb::link) return "becomes a symlink to " + action.link_to;
  return format("{}: {} → {} bytes", verb_name(action.verb), with_commas(entry.size),
                with_commas(action.size_after));
}

std::string other_matches(const Action& action) {
  std::string out;
  for (const std::string& id : action.matches) {
    if (id != action.rule) out += (out.empty() ? "" : ", ") + id;
  }
  return out;
}

std::string explanation(const Explainer& with, std::size_t i) {
  const Entry& entry = with.planned.package.entries[i];
  const FileFacts& facts = with.planned.inspection.files[i];
  const Action& action = with.planned.plan.actions[i];
  std::string out = with.paint.bold(printable(entry.path)) + "\n";
  out += field("is", format("{}, {} bytes, of {}", file_kind_name(facts.kind), with_commas(entry.size),
                            with.planned.inspection.owner[i]));
  if (facts.elf) out += field("bytes", elf_bytes(with.planned.package, i));
  out += field("outcome", outcome(action, entry));
  if (action.verb != Verb::keep) out += field("rule", action.rule + ": " + action.reason);
  if (const auto rule = with.rules.find(action.rule); rule != with.rules.end())
    out += field("evidence", rule->second.evidence);
  out += field("matched", other_matches(action));
  for (const Hold& hold : action.holds) out += field("held by", hold.by + ": " + hold.reason);
  if (const auto importer = with.importers.find(i); importer != with.importers.end())
    out += field("importer", importer->second);
  return out + "\n";
}

}  // namespace

Result<int> run_explain_command(const ExplainCommand& command) {
  TRY(const Planned planned, make_settled_plan(command.options));
  TRY(const std::vector<Rule> list, all_rules(command.options));
  std::map<std::string, Rule> rules;
  for (const Rule& rule : list) rules.emplace(rule.id, rule);

  std::vector<bool> asked(planned.package.entries.size());
  for (const std::string& word : command.paths) {
    TRY(const std::vector<std::size_t> indexes, named_by(planned.package, word));
    for (const std::size_t i : indexes) asked[i] = true;
  }
  const auto importers = needed_by_kept_code(planned.package, planned.inspection, asked);
  const Painter paint(style_of_stdout());
  std::string out;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i]) out += explanation({planned, rules, importers, paint}, i);
  }
  CHECK_OK(print_text(out));
  return 0;
}

}  // namespace slim
