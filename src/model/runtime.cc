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

std::optional<Language> language_from(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(Language::native); ++i) {
    if (language_name(static_cast<Language>(i)) == name) return static_cast<Language>(i);
  }
  return std::nullopt;
}

Result<Runtime> runtime_of(const toml::Value& value, const std::map<std::string, System>& systems) {
  const toml::Table& table = *value.table();
  CHECK_OK(toml::only_keys(table,
                           {"id", "system", "language", "architectures", "brings", "preview", "deprecated",
                            "create_blocked", "update_blocked", "java", "node"},
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
  TRY(const std::int64_t java, toml::integer_or(table, "java", 0));
  TRY(const std::int64_t node, toml::integer_or(table, "node", 0));
  runtime.java = static_cast<int>(java);
  runtime.node = static_cast<int>(node);
  if (runtime.id.starts_with("python"))
    runtime.python = PythonVersion{leading_number(runtime.id.substr(6)), minor_of(runtime.id)};
  return runtime;
}

const toml::Array& tables_of(const toml::Table& table, std::string_view key) {
  static const toml::Array nothing;
  const toml::Value* value = table.find(key);
  return value != nullptr && value->array() != nullptr ? *value->array() : nothing;
}

Status read_python(const toml::Table& python, RuntimeTable& out) {
  CHECK_OK(toml::only_keys(python, {"standard_library", "module", "remedy"}, "[python]"));
  TRY(const std::vector<std::string> names, toml::texts_or(python, "standard_library", {}));
  for (const std::string& name : names) out.standard_library.push_back({name});
  for (const toml::Value& item : tables_of(python, "module")) {
    CHECK_OK(toml::only_keys(*item.table(), {"name", "since", "until"}, "[[python.module]]"));
    StandardModule module;
    TRY(module.name, toml::text_or(*item.table(), "name", ""));
    TRY(const std::string since, toml::text_or(*item.table(), "since", "3.0"));
    TRY(const std::string until, toml::text_or(*item.table(), "until", "3.99"));
    module.since = minor_of(since);
    module.until = minor_of(until);
    out.standard_library.push_back(std::move(module));
  }
  for (const toml::Value& item : tables_of(python, "remedy")) {
    CHECK_OK(toml::only_keys(*item.table(), {"package", "glibc", "version"}, "[[python.remedy]]"));
    Remedy remedy;
    TRY(remedy.package, toml::text_or(*item.table(), "package", ""));
    TRY(remedy.glibc, toml::text_or(*item.table(), "glibc", ""));
    TRY(remedy.version, toml::text_or(*item.table(), "version", ""));
    out.remedies.push_back(std::move(remedy));
  }
  return {};
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
  CHECK_OK(toml::only_keys(root, {"system", "search", "runtime", "python"}, "the runtime table"));
  for (const char* key : {"system", "runtime"}) {
    for (const toml::Value& item : tables_of(root, key)) {
      if (item.table() == nullptr) return tl::unexpected(toml::error_at(item.position, "must be a table"));
    }
  }
  RuntimeTable out;
  std::map<std::string, System> systems;
  for (const toml::Value& item : tables_of(root, "system")) {
    TRY(System system, system_of(*item.table()));
    systems.emplace(system.id, std::move(system));
  }
  for (const toml::Value& item : tables_of(root, "runtime")) {
    TRY(Runtime runtime, runtime_of(item, systems));
    out.runtimes.push_back(std::move(runtime));
  }
  if (const toml::Value* search = root.find("search"); search != nullptr && search->table() != nullptr)
    CHECK_OK(read_search(*search->table(), out));
  if (const toml::Value* python = root.find("python"); python != nullptr && python->table() != nullptr)
    CHECK_OK(read_python(*python->table(), out));
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
