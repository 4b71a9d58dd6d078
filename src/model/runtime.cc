#include "model/runtime.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "toml/toml.h"
#include "util/embedded.h"
#include "util/format.h"

namespace slim {
namespace {

int leading_number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int minor_of(std::string_view version) {
  const std::size_t dot = version.find('.');
  return dot == std::string_view::npos ? 0 : leading_number(version.substr(dot + 1));
}

Result<System> system_of(const toml::Table& table) {
  CHECK_OK(toml::only_keys(
      table,
      {"id", "name", "glibc", "glibcxx", "glibcxx_newest", "cxxabi", "cxxabi_newest", "openssl", "wheels"},
      "[[system]]"));
  System system;
  TRY(system.id, toml::text_or(table, "id", ""));
  TRY(system.name, toml::text_or(table, "name", system.id));
  TRY(system.glibc, toml::text_or(table, "glibc", ""));
  TRY(system.glibcxx, toml::text_or(table, "glibcxx", ""));
  TRY(system.glibcxx_newest, toml::text_or(table, "glibcxx_newest", system.glibcxx));
  TRY(system.cxxabi, toml::text_or(table, "cxxabi", ""));
  TRY(system.cxxabi_newest, toml::text_or(table, "cxxabi_newest", system.cxxabi));
  TRY(system.openssl, toml::text_or(table, "openssl", ""));
  TRY(system.wheels, toml::texts_or(table, "wheels", {}));
  return system;
}

// "python3.12" -> 3.12, "nodejs22.x" -> 22.0, "java8.al2" -> 8.0
LanguageVersion version_in(std::string_view id) {
  const std::size_t digit = id.find_first_of("0123456789");
  if (digit == std::string_view::npos) return {};
  return {leading_number(id.substr(digit)), minor_of(id.substr(digit))};
}

Result<Runtime> runtime_of(const toml::Value& value, const std::map<std::string, System>& systems) {
  const toml::Table& table = *value.table();
  CHECK_OK(toml::only_keys(table,
                           {"id", "system", "language", "architectures", "brings", "preview", "deprecated",
                            "create_blocked", "update_blocked"},
                           "[[runtime]]"));
  Runtime runtime;
  TRY(runtime.id, toml::text_or(table, "id", ""));
  TRY(const std::string system, toml::text_or(table, "system", ""));
  const auto found = systems.find(system);
  if (found == systems.end() && !system.empty())
    return tl::unexpected(toml::error_at(value.position, format("'{}' is no [[system]]", system)));
  if (found != systems.end()) runtime.system = found->second;
  TRY(const std::string language, toml::text_or(table, "language", "none"));
  const auto known = language_from(language);
  if (!known) return tl::unexpected(toml::error_at(value.position, format("'{}' is no language", language)));
  runtime.language = *known;
  TRY(const std::vector<std::string> names, toml::texts_or(table, "architectures", {"x86_64", "arm64"}));
  for (const std::string& name : names) {
    if (const auto arch = arch_from(name)) runtime.architectures.push_back(*arch);
  }
  TRY(runtime.brings, toml::texts_or(table, "brings", {}));
  TRY(runtime.preview, toml::boolean_or(table, "preview", false));
  TRY(runtime.deprecated, toml::text_or(table, "deprecated", ""));
  TRY(runtime.create_blocked, toml::text_or(table, "create_blocked", ""));
  TRY(runtime.update_blocked, toml::text_or(table, "update_blocked", ""));
  const bool has_version = runtime.language != Language::none && runtime.language != Language::native;
  if (has_version) runtime.version = version_in(runtime.id);
  return runtime;
}

Status read_search(const toml::Table& search, RuntimeTable& out) {
  CHECK_OK(toml::only_keys(search,
                           {"libraries", "image_libraries", "image_libraries_openssl_1",
                            "image_libraries_openssl_3", "missing_libraries"},
                           "[search]"));
  TRY(out.search_path, toml::texts_or(search, "libraries", {}));
  TRY(out.image_libraries, toml::texts_or(search, "image_libraries", {}));
  TRY(out.openssl1, toml::texts_or(search, "image_libraries_openssl_1", {}));
  TRY(out.openssl3, toml::texts_or(search, "image_libraries_openssl_3", {}));
  TRY(out.missing_libraries, toml::texts_or(search, "missing_libraries", {}));
  return {};
}

}  // namespace

const Runtime* RuntimeTable::find(const std::string& id) const {
  const auto found = std::ranges::find(runtimes, id, &Runtime::id);
  return found == runtimes.end() ? nullptr : &*found;
}

const Runtime* RuntimeTable::newest_of(Language language) const {
  const Runtime* newest = nullptr;
  for (const Runtime& runtime : runtimes) {
    if (runtime.language == language && !runtime.preview) newest = &runtime;
  }
  return newest;
}

bool version_less(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const int left = leading_number(a);
    const int right = leading_number(b);
    if (left != right) return left < right;
    const auto rest = [](std::string_view text) {
      const std::size_t dot = text.find('.');
      return dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
    };
    a = rest(a);
    b = rest(b);
  }
  return false;
}

Result<RuntimeTable> parse_runtime_table(std::string_view text) {
  TRY(const toml::Table root, toml::parse(text));
  // What only one language knows stands in a table of its name, which its room reads.
  std::vector<std::string> keys = {"system", "search", "runtime"};
  for (const Language language : kLanguages) keys.emplace_back(language_name(language));
  CHECK_OK(toml::only_keys(root, keys, "the runtime table"));
  for (const char* key : {"system", "runtime"}) {
    for (const toml::Value& item : toml::items_of(root, key)) {
      if (item.table() == nullptr) return tl::unexpected(toml::error_at(item.position, "must be a table"));
    }
  }
  RuntimeTable out;
  std::map<std::string, System> systems;
  for (const toml::Value& item : toml::items_of(root, "system")) {
    TRY(System system, system_of(*item.table()));
    systems.emplace(system.id, std::move(system));
  }
  for (const toml::Value& item : toml::items_of(root, "runtime")) {
    TRY(Runtime runtime, runtime_of(item, systems));
    out.runtimes.push_back(std::move(runtime));
  }
  if (const toml::Value* search = root.find("search"); search != nullptr && search->table() != nullptr)
    CHECK_OK(read_search(*search->table(), out));
  return out;
}

const RuntimeTable& runtime_table() {
  static const RuntimeTable table = [] {
    Result<RuntimeTable> parsed = parse_runtime_table(embedded_runtime_table());
    if (!parsed) throw std::logic_error("rules/runtimes.toml: " + parsed.error().what);
    return std::move(*parsed);
  }();
  return table;
}

}  // namespace slim
