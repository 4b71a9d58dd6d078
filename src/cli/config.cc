// slim.toml states by their flags' names what the table of flags allows it to:
//
//   runtime = "python3.12"
//   services = ["s3", "dynamodb"]
//   [[keep]]                         also [[drop]] and [[keep-strip]]
//   path = "pandas/tests/**"
//   reason = "the report job runs them"
//   [budget]                         also [warn-budget]
//   zip = "20MB"
//   [profile.layer]                  by --profile layer: overrides what stands above, lists add up
//   bytecode = "compile"
//
// Its values become the same Values as those of flags, so that one place checks both; each remembers its line
// and column.
#include "cli/config.h"

#include <algorithm>
#include <filesystem>

#include "cli/check_values.h"
#include "cli/find_config.h"
#include "cli/flags.h"
#include "toml/toml.h"
#include "util/file.h"
#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

constexpr std::size_t kLargestFile = 1 << 20;

const std::string kProfiles = "profile";
const std::string kTopLevel = "the top level";

struct Reader {
  std::string file;
  std::string folder;  // that holds it
  bool found;          // rather than named by the user

  std::string from(toml::Position position, const std::string& key) const {
    return toml::error_at(position, key).what;
  }
  Given given(toml::Position position, const std::string& key, std::string text,
              std::string reason = "") const {
    return {std::move(text), format("{}: {}", printable(file), from(position, printable(key))),
            std::move(reason)};
  }
};

tl::unexpected<Error> wrong_type(const toml::Value& value, std::string_view key, const char* type) {
  return tl::unexpected(
      toml::error_at(value.position, format("'{}' must be {}", printable(std::string(key)), type)));
}

Result<std::string> text_of(const toml::Value& value, std::string_view key) {
  if (value.text() == nullptr) return wrong_type(value, key, "a string");
  return *value.text();
}

// A size or growth: text with its unit, or bytes.
Result<std::string> size_of(const toml::Value& value, std::string_view key) {
  if (value.integer() != nullptr) return std::to_string(*value.integer());
  if (value.text() == nullptr) return wrong_type(value, key, "a size such as \"20MB\"");
  return *value.text();
}

Result<std::string> path_of(const toml::Value& value, std::string_view key, const Reader& reader) {
  TRY(const std::string text, text_of(value, key));
  const std::string path = (std::filesystem::path(reader.folder) / text).string();
  if (!reader.found || (!text.starts_with('/') && is_inside(path, reader.folder))) return path;
  return tl::unexpected(toml::error_at(
      value.position,
      format(
          "'{}' leaves the folder of a slim.toml that was found and not named: name that with --config, or "
          "the file with --{}",
          key, key)));
}

Status add_list(const toml::Value& value, const std::string& key, bool paths, const Reader& reader,
                Values& values) {
  if (value.array() == nullptr) return wrong_type(value, key, "a list of strings: [\"…\", \"…\"]");
  for (const toml::Value& item : *value.array()) {
    TRY(std::string text, paths ? path_of(item, key, reader) : text_of(item, key));
    values.add(key, reader.given(item.position, key, std::move(text)));
  }
  return {};
}

Result<std::string> stated(const toml::Value& wish, const std::string& list, const char* key) {
  const toml::Value* value = wish.table()->find(key);
  if (value == nullptr)
    return tl::unexpected(
        toml::error_at(wish.position, format("this [[{}]] has no '{}': every one states one", list, key)));
  TRY(std::string text, text_of(*value, key));
  if (text.empty()) return wrong_type(*value, key, "more than nothing");
  return text;
}

Status add_wishes(const toml::Value& value, const std::string& key, const Reader& reader, Values& values) {
  const char* form = "tables with path and reason, written [[…]]";
  if (value.array() == nullptr) return wrong_type(value, key, form);
  for (const toml::Value& item : *value.array()) {
    if (item.table() == nullptr) return wrong_type(item, key, form);
    CHECK_OK(toml::only_keys(*item.table(), {"path", "reason"}, format("[[{}]]", key)));
    TRY(std::string path, stated(item, key, "path"));
    TRY(std::string reason, stated(item, key, "reason"));
    values.add(key,
               reader.given(item.table()->find("path")->position, key, std::move(path), std::move(reason)));
  }
  return {};
}

Status add_sizes(const toml::Value& value, const std::string& key, const Reader& reader, Values& values) {
  if (value.table() == nullptr) return wrong_type(value, key, "a table of sizes, written [budget]");
  for (const toml::Member& member : value.table()->members) {
    TRY(const std::string size, size_of(member.value, member.key));
    values.add(key, reader.given(member.position, key, format("{}={}", member.key, size)));
  }
  return {};
}

Status add_setting(const FlagRow& flag, const toml::Value& value, const Reader& reader, Values& values) {
  const std::string key(flag.name);
  Result<std::string> text;
  switch (flag.config) {
    case InConfig::text_or_texts:
      if (value.text() == nullptr && value.array() == nullptr)
        return wrong_type(value, key, "a string or a list of strings");
      if (value.array() != nullptr) return add_list(value, key, false, reader, values);
      text = text_of(value, key);
      break;
    case InConfig::texts:
    case InConfig::paths:
      return add_list(value, key, flag.config == InConfig::paths, reader, values);
    case InConfig::wishes:
      return add_wishes(value, key, reader, values);
    case InConfig::sizes:
      return add_sizes(value, key, reader, values);
    case InConfig::number_or_word:
      if (value.integer() == nullptr && value.text() == nullptr)
        return wrong_type(value, key, "a whole number or a word");
      text = value.text() != nullptr ? *value.text() : std::to_string(*value.integer());
      break;
    case InConfig::size:
      text = size_of(value, key);
      break;
    case InConfig::path:
      text = path_of(value, key, reader);
      break;
    case InConfig::text:
    case InConfig::no:
      text = text_of(value, key);
      break;
  }
  if (!text) return tl::unexpected(std::move(text.error()));
  values.add(key, reader.given(value.position, key, std::move(*text)));
  return {};
}

// The settings of the top level, or of one profile.
Result<Values> settings_of(const toml::Table& table, const std::string& where, const Reader& reader) {
  std::vector<std::string> known;
  if (where == kTopLevel) known.push_back(kProfiles);
  for (const FlagRow& flag : flags()) {
    if (flag.config != InConfig::no) known.emplace_back(flag.name);
  }
  CHECK_OK(toml::only_keys(table, known, where));
  Values values;
  for (const toml::Member& member : table.members) {
    if (const FlagRow* flag = setting_named(member.key))
      CHECK_OK(add_setting(*flag, member.value, reader, values));
  }
  return values;
}

Result<std::map<std::string, Values>> profiles_of(const toml::Table& root, const Reader& reader) {
  std::map<std::string, Values> profiles;
  const toml::Value* list = root.find(kProfiles);
  if (list == nullptr) return profiles;
  if (list->table() == nullptr) return wrong_type(*list, kProfiles, "tables, written [profile.NAME]");
  for (const toml::Member& member : list->table()->members) {
    const std::string where = format("[profile.{}]", printable(member.key));
    if (member.value.table() == nullptr)
      return wrong_type(member.value, member.key, "a table, written [profile.NAME]");
    TRY(profiles[member.key], settings_of(*member.value.table(), where, reader));
  }
  return profiles;
}

// Errors of values name their file themselves; those of the form get it from here.
Result<Config> config_of(const toml::Table& root, const Given* wanted, const Reader& reader) {
  Config config{{reader.file, ""}, {}};
  std::map<std::string, Values> profiles;
  const auto read = [&]() -> Status {
    TRY(config.values, settings_of(root, kTopLevel, reader));
    TRY(profiles, profiles_of(root, reader));
    return {};
  };
  if (Status status = read(); !status)
    return tl::unexpected(at(printable(reader.file), std::move(status.error())));
  CHECK_OK(check_settings(config.values));
  for (const auto& [name, values] : profiles) CHECK_OK(check_settings(values));
  if (wanted == nullptr) return config;
  const auto chosen = profiles.find(wanted->text);
  if (chosen == profiles.end()) {
    std::vector<std::string> names;
    for (const auto& [name, values] : profiles) names.push_back(name);
    return fail(format("--profile {}: {} has no [profile.{}]{}", printable(wanted->text),
                       printable(reader.file), printable(wanted->text), did_you_mean(wanted->text, names)));
  }
  config.use.profile = chosen->first;
  config.values = laid_over(std::move(config.values), chosen->second);
  return config;
}

// "zip" of "zip=20MB"
std::string budget_name(const Given& value) { return value.text.substr(0, value.text.rfind('=')); }

}  // namespace

Values laid_over(Values below, const Values& above) {
  for (const auto& [name, values] : above) {
    const FlagRow* flag = setting_named(name);
    if (flag == nullptr || !flag->many) below.clear(name);
    for (const Given& value : values) {
      if (name == "enable" || name == "disable") {
        below.remove_if(name == "enable" ? "disable" : "enable",
                        [&](const Given& other) { return other.text == value.text; });
      } else if (flag != nullptr && flag->config == InConfig::sizes) {
        below.remove_if(name, [&](const Given& other) { return budget_name(other) == budget_name(value); });
      }
    }
    for (const Given& value : values) below.add(name, value);
  }
  return below;
}

Result<Config> parse_config(std::string_view text, const std::string& path, const Given* profile,
                            bool found) {
  const Reader reader{path, std::filesystem::path(path).parent_path().string(), found};
  Result<toml::Table> root = toml::parse(text);
  if (!root) return tl::unexpected(at(printable(path), std::move(root.error())));
  return config_of(*root, profile, reader);
}

Result<std::optional<Config>> load_config(const Values& flags, const std::string& package) {
  const Given* named = flags.one("config");
  const Given* profile = flags.one("profile");
  if (flags.has("no-config") && (named != nullptr || profile != nullptr))
    return fail(format("--no-config and {} exclude each other: leave out one",
                       named != nullptr ? "--config" : "--profile"));
  if (flags.has("no-config")) return std::optional<Config>();
  if (named != nullptr && named->text == "-") return fail("--config -: is no stream: name a file");
  const std::optional<std::string> path =
      named != nullptr ? std::optional(named->text) : find_config(package);
  if (!path && profile != nullptr)
    return fail(
        format("--profile {}: there is no slim.toml beside the package or above it: name one with --config",
               printable(profile->text)));
  if (!path) return std::optional<Config>();
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(*path, error);
  if (!error && size > kLargestFile)
    return fail(printable(*path) + ": is larger than 1 MiB: is it a slim.toml?");
  TRY(const Bytes bytes, read_file(*path));
  TRY(Config config, parse_config(as_text(bytes), *path, profile, named == nullptr));
  return std::optional(std::move(config));
}

}  // namespace slim
