// A configuration tells code which folder to look in ("test-paths: tests"), which files to read
// ("pkg/tests/data/x.sql") and which modules to import ("pkg.tests.plugin:load"). Which of these a word
// means is known only to the code that reads it, so every word with a part that is `test` or `tests` is
// looked up as a folder, as a file and as a module. Keys ("tests:") name settings, not files, and are passed
// over.
#include "languages/python/config_names.h"

#include <algorithm>
#include <array>

#include "languages/python/folders_of_tests.h"
#include "languages/python/named_paths.h"
#include "util/find_word.h"
#include "util/path.h"

namespace slim {
namespace {

using Kind = Reference::Kind;

template <std::size_t N>
bool ends_with_any(std::string_view text, const std::array<std::string_view, N>& endings) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return text.ends_with(ending); });
}

bool is_in_word(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '-' && c <= ':') || c == '_' || c == '*';  // - . / 0-9 :
}

// "tests:" of YAML and "tests": of JSON.
bool is_key(std::string_view text, std::size_t end) {
  if (end > 0 && text[end - 1] == ':') return true;
  if (end < text.size() && (text[end] == '"' || text[end] == '\'')) ++end;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t')) ++end;
  return end < text.size() && text[end] == ':';
}

// Calls visit(word, position of its end) for each word with "test" in it.
template <typename Visit>
void for_each_word(std::string_view text, Visit visit) {
  constexpr std::string_view part = "test";
  constexpr std::size_t longest = 1000;
  for (std::size_t from = 0;;) {
    const std::size_t at = find_word(text, part, from);
    if (at == std::string_view::npos) return;
    std::size_t begin = at;
    while (begin > from && at - begin < longest && is_in_word(text[begin - 1])) --begin;
    std::size_t end = at;
    while (end < text.size() && end - at < longest && is_in_word(text[end])) ++end;
    visit(text.substr(begin, end - begin), end);
    from = end;
  }
}

class WordReader {
 public:
  WordReader(const std::string& path, const PackageNames& names, std::vector<Reference>& out)
      : path_(path), names_(names), out_(out) {}

  void read(std::string_view word) {
    if (word.find("://") != std::string_view::npos) return;
    if (is_test_folder(word)) out_.push_back({Kind::suite, std::string(word), false});
    read_module(word.substr(0, word.find(':')));
    read_path(word);
    // "pkg:tests/x.sql", as asset specifications have it
    const std::size_t colon = word.find(':');
    if (colon != std::string_view::npos) read_path(std::string(word).replace(colon, 1, "/"));
  }

  void read_path(std::string_view word) {
    const auto components = path_components(word, '/');
    if (std::ranges::any_of(components, is_test_folder)) add_named_path(names_, path_, components, out_);
  }

 private:
  void read_module(std::string_view word) {
    const std::string_view module = names_.longest_module(word);
    if (module.find(".test") == std::string_view::npos) return;
    out_.push_back({Kind::string, std::string(module), false});
    if (module.size() < word.size() && word.substr(module.size()).find('*') != std::string_view::npos)
      out_.push_back({Kind::prefix, std::string(module) + ".", false});
  }

  const std::string& path_;
  const PackageNames& names_;
  std::vector<Reference>& out_;
};

}  // namespace

bool is_configuration(std::string_view path) {
  constexpr std::array<std::string_view, 18> endings = {
      ".yml", ".yaml",  ".toml",   ".json", ".json5", ".ini", ".cfg",  ".conf", ".properties",
      ".j2",  ".jinja", ".jinja2", ".html", ".htm",   ".xml", ".tmpl", ".tpl",  ".mako"};
  constexpr std::array<std::string_view, 12> of_projects = {
      "pyproject.toml", "setup.cfg",    "tox.ini",  "pytest.ini", ".pre-commit-config.yaml",
      "codecov.yml",    ".codecov.yml", "mypy.ini", "ruff.toml",  "tox.toml",
      "package.json",   "tsconfig.json"};
  if (path.find(".dist-info/") != std::string_view::npos || path.find(".egg-info/") != std::string_view::npos)
    return false;
  return ends_with_any(path, endings) && std::ranges::find(of_projects, base_name(path)) == of_projects.end();
}

void read_names_in_configuration(std::string_view text, const std::string& path, const PackageNames& names,
                                 FileFacts& facts) {
  WordReader reader(path, names, facts.references);
  for_each_word(text, [&](std::string_view word, std::size_t end) {
    if (is_key(text, end)) return;
    while (word.ends_with('.') || word.ends_with(',')) word.remove_suffix(1);
    reader.read(word);
  });
}

void read_paths_in_compiled(std::string_view text, const std::string& path, const PackageNames& names,
                            FileFacts& facts) {
  WordReader reader(path, names, facts.references);
  for_each_word(text, [&](std::string_view word, std::size_t) {
    if (word.find('/') != std::string_view::npos) reader.read_path(word);
  });
}

}  // namespace slim
