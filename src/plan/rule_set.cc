#include "plan/rule_set.h"

#include <algorithm>

#include "languages/language.h"
#include "plan/guards.h"
#include "util/embedded.h"
#include "util/file.h"
#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

Result<std::vector<Rule>> parse_all(const Options& options) {
  std::vector<Rule> rules;
  const auto append = [&](Result<std::vector<Rule>> more) -> Status {
    if (!more) return tl::unexpected(std::move(more.error()));
    std::ranges::move(*more, std::back_inserter(rules));
    return {};
  };
  for (const EmbeddedFile& file : embedded_rules()) {
    CHECK_OK(append(parse_rules(file.text, "rules/" + std::string(file.name))));
  }
  for (const std::string& path : options.rule_files) {
    TRY(const Bytes bytes, read_file(path));
    CHECK_OK(append(parse_rules(as_text(bytes), path)));
  }
  return rules;
}

Status check_unique(const std::vector<Rule>& sorted) {
  const auto twice = std::ranges::adjacent_find(sorted, {}, &Rule::id);
  if (twice == sorted.end()) return {};
  return fail(format("rule '{}' is in {} and in {}: give one of them another id", twice->id, twice->origin,
                     std::next(twice)->origin));
}

Status check_guards(const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    std::vector<std::string> names = rule.where;
    names.insert(names.end(), rule.guards.begin(), rule.guards.end());
    for (const std::string& guard : names) {
      if (find_guard(guard) != nullptr) continue;
      std::string hint = did_you_mean(guard, guard_names());
      if (hint.empty()) hint = format(": one of {}", fmt::join(guard_names(), ", "));
      return fail(
          format("{}: rule '{}' has an unknown guard '{}'{}", rule.origin, rule.id, printable(guard), hint));
    }
  }
  return {};
}

// A guard that asks what stays is answered when all else is decided: too late for a keep, which is to hold the
// file against what would have been decided by then, and whose file may need others.
Status check_keeps(const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    if (rule.action != Verb::keep) continue;
    const auto asks_kept = [](const std::string& name) { return find_guard(name)->asks_kept; };
    const auto late = std::ranges::find_if(rule.where, asks_kept);
    if (late == rule.where.end()) continue;
    return fail(
        format("{}: rule '{}' keeps what it matches, and so can't ask '{}', whose answer depends on what is "
               "kept: take "
               "it out of 'where'",
               rule.origin, rule.id, *late));
  }
  return {};
}

Status check_ids(const std::vector<Given>& ids, const std::vector<Rule>& rules) {
  std::vector<std::string> known;
  for (const Rule& rule : rules) known.push_back(rule.id);
  for (const Given& id : ids) {
    if (std::ranges::find(known, id.text) != known.end()) continue;
    return fail(
        format("{} {}: there is no such rule{}", id.from, printable(id.text), did_you_mean(id.text, known)));
  }
  return {};
}

bool contains(const std::vector<Given>& list, const std::string& item) {
  return std::ranges::find(list, item, &Given::text) != list.end();
}

}  // namespace

Result<std::vector<Rule>> all_rules(const Options& options) {
  TRY(std::vector<Rule> rules, parse_all(options));
  std::ranges::sort(rules, {}, &Rule::id);
  CHECK_OK(check_unique(rules));
  CHECK_OK(check_guards(rules));
  CHECK_OK(check_keeps(rules));
  CHECK_OK(check_ids(options.enable, rules));
  CHECK_OK(check_ids(options.disable, rules));
  for (Rule& rule : rules) {
    const bool by_mode = std::ranges::any_of(languages(), [&](const LanguageRoom* room) {
      return room->is_asked_for != nullptr && room->is_asked_for(options, rule.id);
    });
    const bool wanted = rule.on || by_mode || contains(options.enable, rule.id);
    rule.on = wanted && !contains(options.disable, rule.id);  // "off" wins: less is taken
  }
  return rules;
}

Result<std::vector<Rule>> load_rules(const Options& options) {
  TRY(std::vector<Rule> rules, all_rules(options));
  std::erase_if(rules, [](const Rule& rule) { return !rule.on; });
  return rules;
}

}  // namespace slim
