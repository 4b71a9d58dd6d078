// Reads rule files. docs/rules.md is the reference of their format.
#include "plan/rule.h"

#include <algorithm>

#include "toml/toml.h"
#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

const std::vector<std::string> kKeys = {"id",       "action",     "level", "paths",  "except",
                                        "kinds",    "not_shapes", "where", "guards", "reason",
                                        "evidence", "default",    "risk"};

toml::Position position_of(const toml::Table& table, std::string_view key) {
  return table.find(key)->position;
}

// The text of a key that every rule states.
Result<std::string> required(const toml::Value& rule, const char* key) {
  TRY(std::string text, toml::text_or(*rule.table(), key, ""));
  if (text.empty()) {
    return tl::unexpected(
        toml::error_at(rule.position, format("this rule has no '{}': every rule states one", key)));
  }
  return text;
}

Result<std::vector<Glob>> globs(const toml::Table& table, const char* key) {
  TRY(const std::vector<std::string> patterns, toml::texts_or(table, key, {}));
  std::vector<Glob> out;
  for (const std::string& pattern : patterns) {
    Result<Glob> glob = Glob::compile(pattern);
    if (!glob) return tl::unexpected(toml::error_at(position_of(table, key), glob.error().what));
    out.push_back(std::move(*glob));
  }
  return out;
}

// The values of an enumeration from 0 to `last`, by their names.
template <typename Enum, typename NameOf>
Result<Enum> value_named(const std::string& name, Enum last, NameOf name_of, const char* key,
                         toml::Position position) {
  std::vector<std::string> known;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    known.emplace_back(name_of(static_cast<Enum>(i)));
    if (name == known.back()) return static_cast<Enum>(i);
  }
  std::string hint = did_you_mean(name, known);
  if (hint.empty()) hint = format(": one of {}", fmt::join(known, ", "));
  return tl::unexpected(toml::error_at(position, format("'{}' has no '{}'{}", key, printable(name), hint)));
}

template <typename Enum, typename NameOf>
Result<std::vector<Enum>> values_named(const toml::Table& table, const char* key, Enum last, NameOf name_of) {
  TRY(const std::vector<std::string> names, toml::texts_or(table, key, {}));
  std::vector<Enum> out;
  for (const std::string& name : names) {
    TRY(const Enum value, value_named(name, last, name_of, key, position_of(table, key)));
    out.push_back(value);
  }
  return out;
}

Result<std::optional<elf::StripLevel>> strip_level_of(const toml::Table& table, Verb action) {
  TRY(const std::string name, toml::text_or(table, "level", ""));
  if (name.empty()) return std::optional<elf::StripLevel>();
  const auto level = elf::strip_level_from(name);
  if (!level || action != Verb::strip) {
    return tl::unexpected(toml::error_at(
        position_of(table, "level"),
        level ? "'level' is for strip rules only"
              : format("'level' has no '{}': none, debug, symbols or sections", printable(name))));
  }
  return level;
}

Result<Rule> parse_rule(const toml::Value& value) {
  if (value.table() == nullptr)
    return tl::unexpected(toml::error_at(value.position, "a [[rule]] must be a table"));
  const toml::Table& table = *value.table();
  CHECK_OK(toml::only_keys(table, kKeys, "[[rule]]"));
  Rule rule;
  TRY(rule.id, required(value, "id"));
  TRY(const std::string action, required(value, "action"));
  TRY(rule.action, value_named(action, Verb::renew, verb_name, "action", position_of(table, "action")));
  TRY(rule.level, strip_level_of(table, rule.action));
  TRY(rule.paths, globs(table, "paths"));
  if (rule.paths.empty()) {
    return tl::unexpected(toml::error_at(value.position, "this rule has no 'paths': name what it matches"));
  }
  TRY(rule.except, globs(table, "except"));
  TRY(rule.kinds, values_named(table, "kinds", FileKind::data, file_kind_name));
  TRY(rule.not_shapes, values_named(table, "not_shapes", PackageShape::zipapp, package_shape_name));
  TRY(rule.where, toml::texts_or(table, "where", {}));
  TRY(rule.guards, toml::texts_or(table, "guards", {}));
  TRY(rule.reason, required(value, "reason"));
  TRY(rule.evidence, toml::text_or(table, "evidence", ""));
  TRY(rule.risk, toml::text_or(table, "risk", ""));
  TRY(rule.on, toml::boolean_or(table, "default", true));
  if (!rule.on && rule.risk.empty()) {
    return tl::unexpected(toml::error_at(value.position, "an opt-in rule must name its 'risk'"));
  }
  return rule;
}

Result<std::vector<Rule>> rules_of(std::string_view text) {
  TRY(const toml::Table root, toml::parse(text));
  CHECK_OK(toml::only_keys(root, {"rule"}, "a rule file"));
  std::vector<Rule> rules;
  const toml::Value* list = root.find("rule");
  if (list == nullptr) return rules;
  if (list->array() == nullptr)
    return tl::unexpected(toml::error_at(list->position, "rules are written [[rule]]"));
  for (const toml::Value& value : *list->array()) {
    TRY(Rule rule, parse_rule(value));
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

Result<std::vector<Rule>> parse_rules(std::string_view text, const std::string& origin) {
  Result<std::vector<Rule>> rules = rules_of(text);
  if (!rules) return tl::unexpected(at(origin, std::move(rules.error())));
  for (Rule& rule : *rules) rule.origin = origin;
  return rules;
}

}  // namespace slim
