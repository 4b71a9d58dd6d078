// Rule files are TOML (toml.io); the wall in front of toml++.
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
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "plan/rule.h"
#include "util/format.h"
#include "util/spelling.h"

namespace slim {
namespace {

constexpr std::array<std::string_view, 12> kKeys = {"id",     "action",     "paths",   "except",
                                                    "kinds",  "not_shapes", "where",   "guards",
                                                    "reason", "evidence",   "default", "risk"};

std::string place(const toml::node& node, const std::string& origin) {
  return format("{}:{}:{}", origin, node.source().begin.line, node.source().begin.column);
}

tl::unexpected<Error> fail_at(const toml::node& node, const std::string& origin, const std::string& what) {
  return fail(place(node, origin) + ": " + what);
}

Result<std::vector<std::string>> strings(const toml::table& table, const char* key,
                                         const std::string& origin) {
  std::vector<std::string> out;
  const toml::node* node = table.get(key);
  if (node == nullptr) return out;
  const toml::array* array = node->as_array();
  if (array == nullptr) return fail_at(*node, origin, format("'{}' must be a list of strings", key));
  for (const toml::node& item : *array) {
    const auto text = item.value<std::string>();
    if (!text) return fail_at(item, origin, format("'{}' must be a list of strings", key));
    out.push_back(*text);
  }
  return out;
}

Result<std::string> string(const toml::table& table, const char* key, bool required,
                           const std::string& origin) {
  const toml::node* node = table.get(key);
  if (node == nullptr) {
    if (required) return fail_at(table, origin, format("this rule has no '{}': every rule states one", key));
    return std::string();
  }
  const auto text = node->value<std::string>();
  if (!text || (required && text->empty()))
    return fail_at(*node, origin, format("'{}' must be a string", key));
  return *text;
}

Result<std::vector<Glob>> globs(const toml::table& table, const char* key, const std::string& origin) {
  TRY(const std::vector<std::string> patterns, strings(table, key, origin));
  std::vector<Glob> out;
  for (const std::string& pattern : patterns) {
    Result<Glob> glob = Glob::compile(pattern);
    if (!glob) return fail_at(*table.get(key), origin, glob.error().what);
    out.push_back(std::move(*glob));
  }
  return out;
}

// Turns names into values of an enumeration whose names `name_of` knows.
template <typename Enum, typename NameOf>
Result<std::vector<Enum>> names(const toml::table& table, const char* key, Enum last, NameOf name_of,
                                const std::string& origin) {
  TRY(const std::vector<std::string> texts, strings(table, key, origin));
  std::vector<std::string> known;
  for (int i = 0; i <= static_cast<int>(last); ++i) known.emplace_back(name_of(static_cast<Enum>(i)));
  std::vector<Enum> out;
  for (const std::string& text : texts) {
    const auto found = std::ranges::find(known, text);
    if (found == known.end()) {
      return fail_at(*table.get(key), origin,
                     format("'{}' has no '{}'{}", key, printable(text), did_you_mean(text, known)));
    }
    out.push_back(static_cast<Enum>(found - known.begin()));
  }
  return out;
}

Status check_keys(const toml::table& table, const std::string& origin) {
  for (const auto& [key, node] : table) {
    if (std::ranges::find(kKeys, key.str()) != kKeys.end()) continue;
    const std::vector<std::string> known(kKeys.begin(), kKeys.end());
    return fail_at(node, origin,
                   format("unknown key '{}'{}", printable(std::string(key.str())),
                          did_you_mean(std::string(key.str()), known)));
  }
  return {};
}

Result<Rule> parse_rule(const toml::table& table, const std::string& origin) {
  CHECK_OK(check_keys(table, origin));
  Rule rule;
  rule.origin = origin;
  TRY(rule.id, string(table, "id", true, origin));
  TRY(const std::string action, string(table, "action", true, origin));
  std::vector<std::string> verbs;
  for (int i = 0; i <= static_cast<int>(Verb::link); ++i) verbs.emplace_back(verb_name(static_cast<Verb>(i)));
  const auto verb = std::ranges::find(verbs, action);
  if (verb == verbs.end()) {
    return fail_at(*table.get("action"), origin,
                   format("no action '{}'{}", printable(action), did_you_mean(action, verbs)));
  }
  rule.action = static_cast<Verb>(verb - verbs.begin());
  TRY(rule.paths, globs(table, "paths", origin));
  if (rule.paths.empty()) return fail_at(table, origin, "this rule has no 'paths': name what it matches");
  TRY(rule.except, globs(table, "except", origin));
  TRY(rule.kinds, names(table, "kinds", FileKind::data, file_kind_name, origin));
  TRY(rule.not_shapes, names(table, "not_shapes", PackageShape::image_layer, package_shape_name, origin));
  TRY(rule.where, strings(table, "where", origin));
  TRY(rule.guards, strings(table, "guards", origin));
  TRY(rule.reason, string(table, "reason", true, origin));
  TRY(rule.evidence, string(table, "evidence", false, origin));
  TRY(rule.risk, string(table, "risk", false, origin));
  rule.on = table["default"].value_or(true);
  if (!rule.on && rule.risk.empty()) return fail_at(table, origin, "an opt-in rule must name its 'risk'");
  return rule;
}

Result<std::vector<Rule>> rules_of(const toml::table& root, const std::string& origin) {
  std::vector<Rule> rules;
  for (const auto& [key, node] : root) {
    if (key.str() != "rule" || !node.is_array_of_tables()) {
      return fail_at(
          node, origin,
          format("unknown key '{}': a rule file holds [[rule]] tables", printable(std::string(key.str()))));
    }
    for (const toml::node& item : *node.as_array()) {
      TRY(Rule rule, parse_rule(*item.as_table(), origin));
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

}  // namespace

Result<std::vector<Rule>> parse_rules(std::string_view text, const std::string& origin) {
  try {
    const toml::table root = toml::parse(text, origin);
    return rules_of(root, origin);
  } catch (const toml::parse_error& error) {
    return fail(format("{}:{}:{}: is not TOML: {}", origin, error.source().begin.line,
                       error.source().begin.column, std::string(error.description())));
  } catch (const std::exception& error) {
    return fail(format("{}: cannot be read: {}", origin, error.what()));
  }
}

}  // namespace slim
