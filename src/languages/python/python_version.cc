// Which Python the files are for: names of extension modules and of bytecode say so, and the folders of layers.
#include "languages/python/python_version.h"

#include <map>
#include <string_view>

#include "languages/python/python_facts.h"
#include "util/most_frequent.h"

namespace slim {
namespace {

// "python/lib/python3.12/site-packages/" -> 3.12
std::optional<LanguageVersion> version_in_path(std::string_view path) {
  const std::size_t at = path.find("/python3.");
  if (at == std::string_view::npos) return std::nullopt;
  int minor = 0;
  std::size_t digits = 0;
  for (char c : path.substr(at + 9)) {
    if (c < '0' || c > '9' || digits == 2) break;
    minor = minor * 10 + (c - '0');
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return LanguageVersion{3, minor};
}

// "cpython-311-x86_64-linux-gnu", "cpython-311", "cp311" -> 3.11
std::optional<LanguageVersion> version_in_tag(std::string_view tag) {
  if (tag.starts_with("cpython-3")) {
    tag.remove_prefix(9);
  } else if (tag.starts_with("cp3")) {
    tag.remove_prefix(3);
  } else {
    return std::nullopt;
  }
  int minor = 0;
  std::size_t digits = 0;
  while (digits < tag.size() && digits < 3 && tag[digits] >= '0' && tag[digits] <= '9') {
    minor = minor * 10 + (tag[digits] - '0');
    ++digits;
  }
  if (digits == 0 || digits > 2) return std::nullopt;
  return LanguageVersion{3, minor};
}

// "x/_core.cpython-311-x86_64-linux-gnu.so" -> "cpython-311-x86_64-linux-gnu"
std::string_view middle_suffix(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t last = name.rfind('.');
  if (last == std::string_view::npos) return {};
  name = name.substr(0, last);
  const std::size_t first = name.find('.');
  return first == std::string_view::npos ? std::string_view{} : name.substr(first + 1);
}

}  // namespace

void find_python_version(const Package& package, const Options& options, Inspection& inspection) {
  std::map<LanguageVersion, std::size_t> by_extension;
  std::map<LanguageVersion, std::size_t> by_bytecode;
  std::map<LanguageVersion, std::size_t> by_path;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string& path = package.entries[i].path;
    const FileFacts& facts = inspection.files[i];
    const auto in_tag = version_in_tag(middle_suffix(path));
    if (in_tag && facts.kind == FileKind::elf) ++by_extension[*in_tag];
    if (in_tag && facts.kind == FileKind::python_bytecode) ++by_bytecode[*in_tag];
    if (const auto in_path = version_in_path(path)) ++by_path[*in_path];
  }
  LanguageUse& python = inspection.languages[Language::python];
  const auto take = [&](const std::map<LanguageVersion, std::size_t>& counts, const char* evidence) {
    if (python.version) return;
    python.version = most_frequent(counts);
    if (python.version) python.version_evidence = evidence;
  };
  if (options.python.version) {
    python.version = options.python.version;
    python.version_evidence = "--runtime";
  }
  take(by_extension, "extension modules");
  take(by_path, "site-packages folder");
  take(by_bytecode, "bytecode tags");
}

}  // namespace slim
