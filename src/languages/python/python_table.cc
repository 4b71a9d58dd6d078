#include "languages/python/python_table.h"

#include <stdexcept>

#include "toml/toml.h"
#include "util/embedded.h"
#include "util/path.h"

namespace slim {
namespace {

// "3.12" -> 12
int minor_of(std::string_view version) { return number_behind("3.", version).value_or(0); }

Status read_modules(const toml::Table& python, PythonTable& out) {
  TRY(const std::vector<std::string> names, toml::texts_or(python, "standard_library", {}));
  for (const std::string& name : names) out.standard_library.push_back({name});
  for (const toml::Value& item : toml::items_of(python, "module")) {
    CHECK_OK(toml::only_keys(*item.table(), {"name", "since", "until"}, "[[python.module]]"));
    StandardModule module;
    TRY(module.name, toml::text_or(*item.table(), "name", ""));
    TRY(const std::string since, toml::text_or(*item.table(), "since", "3.0"));
    TRY(const std::string until, toml::text_or(*item.table(), "until", "3.99"));
    module.since = minor_of(since);
    module.until = minor_of(until);
    out.standard_library.push_back(std::move(module));
  }
  return {};
}

Status read_releases(const toml::Table& python, PythonTable& out) {
  for (const toml::Value& item : toml::items_of(python, "remedy")) {
    CHECK_OK(toml::only_keys(*item.table(), {"package", "glibc", "version"}, "[[python.remedy]]"));
    LastRelease last;
    TRY(last.package, toml::text_or(*item.table(), "package", ""));
    TRY(last.glibc, toml::text_or(*item.table(), "glibc", ""));
    TRY(last.version, toml::text_or(*item.table(), "version", ""));
    out.last_releases.push_back(std::move(last));
  }
  return {};
}

Result<PythonTable> read_table() {
  PythonTable out;
  TRY(const toml::Table root, toml::parse(embedded_runtime_table()));
  const toml::Value* python = root.find("python");
  if (python == nullptr || python->table() == nullptr) return fail("has no [python]");
  CHECK_OK(toml::only_keys(*python->table(), {"standard_library", "module", "remedy"}, "[python]"));
  CHECK_OK(read_modules(*python->table(), out));
  CHECK_OK(read_releases(*python->table(), out));
  return out;
}

}  // namespace

const PythonTable& python_table() {
  static const PythonTable table = [] {
    Result<PythonTable> read = read_table();
    if (!read) throw std::logic_error("rules/runtimes.toml: " + read.error().what);
    return std::move(*read);
  }();
  return table;
}

}  // namespace slim
