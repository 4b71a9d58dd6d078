// Rule files are TOML (toml.io).
//
//   [[rule]]
//   id = "python-bytecode"            unique; what --disable and the reports name
//   action = "drop"                   drop, strip, cut-metadata, link, or keep: hold against all other rules
//   paths = ["**/*.pyc"]              globs; '**' crosses folders
//   except = ["**/data/**"]           globs that it leaves alone
//   kinds = ["elf"]                   by content; see file_kind_name
//   not_shapes = ["wheel"]            packages that it never touches
//   where = ["compiled-package"]      conditions that say which of those files are meant
//   guards = ["not-named-by-code"]    doubts: who objects holds the file, and the report gives its words
//   reason = "…"                      one clause, printed beside each file
//   evidence = "…"                    how we know: a specification, or something measured
//   default = false                   opt-in, then with
//   risk = "…"                        what may break
#include <algorithm>
#include <array>
#include <string_view>

#include "plan/rule.h"
#include "toml/toml.h"
#include "util/format.h"
#include "util/spelling.h"

namespace slim {
namespace {

constexpr std::array<std::string_view, 12> kKeys = {"id",     "action",     "paths",   "except",
                                                    "kinds",  "not_shapes", "where",   "guards",
                                                    "reason", "evidence",   "default", "risk"};

tl::unexpected<Error> fail_at(toml::Position at, const std::string& origin, const std::string& what) {
  return fail(format("{}:{}:{}: {}", origin, at.line, at.column, what));
}

// A rule as it stands in the file.
struct Source {
  const toml::Table& table;
  toml::Position position;
  const std::string& origin;

  toml::Position position_of(const char* key) const {
    const toml::Value* value = table.find(key);
    return value != nullptr ? value->position : position;
  }
  tl::unexpected<Error> fail_at_key(const char* key, const std::string& what) const {
    return fail_at(position_of(key), origin, what);
  }
};

Result<std::vector<std::string>> strings(const Source& source, const char* key) {
  std::vector<std::string> out;
  const toml::Value* value = source.table.find(key);
  if (value == nullptr) return out;
  if (value->array() == nullptr)
    return source.fail_at_key(key, format("'{}' must be a list of strings", key));
  for (const toml::Value& item : *value->array()) {
    if (item.text() == nullptr)
      return fail_at(item.position, source.origin, format("'{}' must be a list of strings", key));
    out.push_back(*item.text());
  }
  return out;
}

Result<std::string> string(const Source& source, const char* key, bool required) {
  const toml::Value* value = source.table.find(key);
  if (value == nullptr) {
    if (!required) return std::string();
    return source.fail_at_key(key, format("this rule has no '{}': every rule states one", key));
  }
  if (value->text() == nullptr || (required && value->text()->empty()))
    return source.fail_at_key(key, format("'{}' must be a string", key));
  return *value->text();
}

Result<std::vector<Glob>> globs(const Source& source, const char* key) {
  TRY(const std::vector<std::string> patterns, strings(source, key));
  std::vector<Glob> out;
  for (const std::string& pattern : patterns) {
    Result<Glob> glob = Glob::compile(pattern);
    if (!glob) return source.fail_at_key(key, glob.error().what);
    out.push_back(std::move(*glob));
  }
  return out;
}

// Turns names into values of an enumeration whose names `name_of` knows.
template <typename Enum, typename NameOf>
Result<std::vector<Enum>> names(const Source& source, const char* key, Enum last, NameOf name_of) {
  TRY(const std::vector<std::string> texts, strings(source, key));
  std::vector<std::string> known;
  for (int i = 0; i <= static_cast<int>(last); ++i) known.emplace_back(name_of(static_cast<Enum>(i)));
  std::vector<Enum> out;
  for (const std::string& text : texts) {
    const auto found = std::ranges::find(known, text);
    if (found == known.end()) {
      return source.fail_at_key(
          key, format("'{}' has no '{}'{}", key, printable(text), did_you_mean(text, known)));
    }
    out.push_back(static_cast<Enum>(found - known.begin()));
  }
  return out;
}

Status check_keys(const Source& source) {
  for (const toml::Member& member : source.table.members) {
    if (std::ranges::find(kKeys, member.key) != kKeys.end()) continue;
    const std::vector<std::string> known(kKeys.begin(), kKeys.end());
    return fail_at(member.position, source.origin,
                   format("unknown key '{}'{}", printable(member.key), did_you_mean(member.key, known)));
  }
  return {};
}

Result<Rule> parse_rule(const Source& source) {
  CHECK_OK(check_keys(source));
  Rule rule;
  rule.origin = source.origin;
  TRY(rule.id, string(source, "id", true));
  TRY(const std::string action, string(source, "action", true));
  std::vector<std::string> verbs;
  for (int i = 0; i <= static_cast<int>(Verb::link); ++i) verbs.emplace_back(verb_name(static_cast<Verb>(i)));
  const auto verb = std::ranges::find(verbs, action);
  if (verb == verbs.end()) {
    return source.fail_at_key("action",
                              format("no action '{}'{}", printable(action), did_you_mean(action, verbs)));
  }
  rule.action = static_cast<Verb>(verb - verbs.begin());
  TRY(rule.paths, globs(source, "paths"));
  if (rule.paths.empty())
    return source.fail_at_key("paths", "this rule has no 'paths': name what it matches");
  TRY(rule.except, globs(source, "except"));
  TRY(rule.kinds, names(source, "kinds", FileKind::data, file_kind_name));
  TRY(rule.not_shapes, names(source, "not_shapes", PackageShape::image_layer, package_shape_name));
  TRY(rule.where, strings(source, "where"));
  TRY(rule.guards, strings(source, "guards"));
  TRY(rule.reason, string(source, "reason", true));
  TRY(rule.evidence, string(source, "evidence", false));
  TRY(rule.risk, string(source, "risk", false));
  const toml::Value* on = source.table.find("default");
  if (on != nullptr && on->boolean() == nullptr)
    return source.fail_at_key("default", "'default' must be true or false");
  rule.on = on == nullptr || *on->boolean();
  if (!rule.on && rule.risk.empty()) return source.fail_at_key("id", "an opt-in rule must name its 'risk'");
  return rule;
}

Result<std::vector<Rule>> rules_of(const toml::Table& root, const std::string& origin) {
  std::vector<Rule> rules;
  for (const toml::Member& member : root.members) {
    const toml::Array* tables = member.value.array();
    if (member.key != "rule" || tables == nullptr) {
      return fail_at(member.position, origin,
                     format("unknown key '{}': a rule file holds [[rule]] tables", printable(member.key)));
    }
    for (const toml::Value& item : *tables) {
      if (item.table() == nullptr) return fail_at(item.position, origin, "'rule' must be a [[rule]] table");
      TRY(Rule rule, parse_rule(Source{*item.table(), item.position, origin}));
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

}  // namespace

Result<std::vector<Rule>> parse_rules(std::string_view text, const std::string& origin) {
  Result<toml::Table> root = toml::parse(text);
  if (!root) return tl::unexpected(at(origin, std::move(root.error())));
  return rules_of(*root, origin);
}

}  // namespace slim
