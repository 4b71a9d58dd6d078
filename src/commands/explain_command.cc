#include "commands/explain_command.h"

#include <algorithm>
#include <map>

#include "commands/planned.h"
#include "elf/account.h"
#include "json/json.h"
#include "languages/language.h"
#include "plan/rule_set.h"
#include "plan/wishes.h"
#include "report/config_report.h"
#include "report/output.h"
#include "report/painter.h"
#include "report/text_table.h"
#include "util/format.h"
#include "util/glob.h"
#include "util/version.h"

namespace slim {
namespace {

struct Explainer {
  const Planned& planned;
  const std::map<std::string, Rule>& rules;
  const std::map<std::size_t, Need>& importers;
  const Painter& paint;
};

std::string field(const char* label, const std::string& value) {
  constexpr std::size_t indent = 2 + 9 + 1;
  if (value.empty()) return {};
  return format("  {:<9} {}\n", label, hanging(printable(value), indent, indent, style_of_stdout().width));
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
  const std::string hint = did_you_mean_glob(package, word);
  return fail(format("{}: no file of the package matches{}", printable(word),
                     hint.empty() ? ": name its path in the package, or a glob such as '*.so'" : hint));
}

// How many bytes of an ELF file a loader maps; nothing where it can't be read.
std::optional<std::uint64_t> loaded_bytes(const Package& package, std::size_t index) {
  const Result<Bytes> bytes = package.load(index);
  if (!bytes) return std::nullopt;
  const Result<elf::Image> image = elf::read_image(*bytes);
  if (!image) return std::nullopt;
  std::uint64_t loaded = 0;
  for (const elf::Share& share : elf::account_for(*image)) loaded += share.loaded ? share.bytes : 0;
  return loaded;
}

// "23,110,144 of 24,107,520 bytes are loaded"
std::string elf_bytes(const Package& package, std::size_t index) {
  const std::optional<std::uint64_t> loaded = loaded_bytes(package, index);
  if (!loaded) return {};
  return format("{} of {} bytes are loaded: see slim elf", with_commas(*loaded),
                with_commas(package.entries[index].size));
}

std::string outcome(const Action& action, const Entry& entry) {
  if (action.verb == Verb::keep) return "stays as it is";
  if (action.verb == Verb::drop) return format("goes: {} less", human_bytes(entry.size));
  if (action.verb == Verb::link) return "becomes a symlink to " + action.link_to;
  if (action.verb == Verb::make_executable) return "stays as it is, but may be executed";
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
  if (const auto importer = with.importers.find(i);
      importer != with.importers.end() && !importer->second.is_beside)
    out += field("importer", importer->second.reason);
  return out + "\n";
}

using json::Json;

Json file_json(const Explainer& with, std::size_t i) {
  const Entry& entry = with.planned.package.entries[i];
  const FileFacts& facts = with.planned.inspection.files[i];
  const Action& action = with.planned.plan.actions[i];
  Json json = {{"path", printable(entry.path)},
               {"kind", file_kind_name(facts.kind)},
               {"package", printable(with.planned.inspection.owner[i])},
               {"unpacked_before", entry.size},
               {"unpacked_after", action.size_after}};
  if (facts.elf) {
    if (const auto loaded = loaded_bytes(with.planned.package, i)) json["loaded"] = *loaded;
  }
  json["action"] = verb_name(action.verb);
  if (action.verb != Verb::keep) {
    json["rule"] = action.rule;
    json["reason"] = printable(action.reason);
  }
  if (action.verb == Verb::link) json["link_to"] = printable(action.link_to);
  if (const auto rule = with.rules.find(action.rule); rule != with.rules.end())
    json["evidence"] = printable(rule->second.evidence);
  json["matches"] = Json::array();
  for (const std::string& id : action.matches) json["matches"].push_back(id);
  json["holds"] = Json::array();
  for (const Hold& hold : action.holds)
    json["holds"].push_back({{"by", hold.by}, {"reason", printable(hold.reason)}});
  if (const auto importer = with.importers.find(i);
      importer != with.importers.end() && !importer->second.is_beside)
    json["importer"] = printable(importer->second.reason);
  return json;
}

// Schema "slim-explain-1".
std::string json_text(const ExplainCommand& command, const Explainer& with, const std::vector<bool>& asked) {
  Json json = {{"schema", "slim-explain-1"}, {"slim", version()}};
  add_config(json, command.options.config);
  json["input"] = printable(command.options.input);
  json["files"] = Json::array();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i]) json["files"].push_back(file_json(with, i));
  }
  return json.dump() + "\n";
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
  TRY(const auto importers, needed_by_others(planned.package, planned.inspection, asked, all_is_read));
  const Painter paint(style_of_stdout());
  const Explainer with{planned, rules, importers, paint};
  if (!command.options.json.empty())
    CHECK_OK(write_or_print(command.options.json, json_text(command, with, asked)));
  if (command.options.json == "-") return 0;
  std::string out = config_line(command.options.config, paint);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i]) out += explanation(with, i);
  }
  CHECK_OK(print_text(out));
  return 0;
}

}  // namespace slim
