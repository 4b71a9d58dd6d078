// Runners find tests by the names of modules (pytest: test_*.py, *_test.py, conftest.py). Some such names,
// as test_utils.py and test_client.py, are also given to code that helps with testing: there the text
// counts. One test among many modules of another kind makes no suite: plugins may have a test beside them.
// So a fourth of the modules must be tests, or there is a conftest.py, which nothing but pytest reads.
//
// A module is evidence for the innermost folder test or tests that holds it, and for none further out: of
// pkg/test/tests/test_x.py the inner is a suite, while pkg/test may be what pkg offers for testing. What lies
// in a folder of templates is evidence for nothing: it is copied into somebody's new project.
#include "languages/python/suites_of_tests.h"

#include <algorithm>
#include <array>

#include "languages/python/python_facts.h"
#include "util/path.h"

namespace slim {
namespace {

struct Count {
  std::size_t modules = 0;
  std::size_t named = 0;
  std::size_t by_text = 0;
  bool has_conftest = false;
};

template <std::size_t N>
bool is_any(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::ranges::find(names, text) != names.end();
}

// "test_x" of test_x.py, or of test_x.pyc where that stands for its source; empty for what is no module.
std::string_view module_stem(std::string_view path) {
  std::string_view name = base_name(path);
  if (name.ends_with(".pyc")) {
    if (base_name(parent_of(path)) == "__pycache__") return {};
    name.remove_suffix(1);
  }
  return name.ends_with(".py") ? name.substr(0, name.size() - 3) : std::string_view();
}

// test_client.py beside client.py, or in the tests folder beside it, tests that.
bool tests_a_module(const Package& package, std::string_view folder, std::string_view stem) {
  const std::string tested = std::string(stem.substr(std::string_view("test_").size())) + ".py";
  return has_file(package, std::string(folder) + tested) ||
         has_file(package, std::string(folder_of(folder.substr(0, folder.size() - 1))) + tested);
}

bool is_named_as_test(const Package& package, std::string_view path) {
  constexpr std::array<std::string_view, 19> of_help = {
      "test_utils",   "test_util",    "test_helpers",  "test_helper", "test_base",
      "test_case",    "test_cases",   "test_client",   "test_server", "test_runner",
      "test_tools",   "test_data",    "test_common",   "test_suite",  "test_plugin",
      "test_plugins", "test_support", "test_fixtures", "test_mixins"};
  const std::string_view stem = module_stem(path);
  if (is_any(stem, of_help)) return tests_a_module(package, folder_of(path), stem);
  return stem.starts_with("test_") || stem.ends_with("_test") || stem.ends_with("_tests");
}

bool lies_in_templates(std::string_view path) {
  constexpr std::array<std::string_view, 5> words = {"template", "skeleton", "scaffold", "boilerplate", "{{"};
  const std::string_view folder = folder_of(path);
  return std::ranges::any_of(
      words, [&](std::string_view word) { return folder.find(word) != std::string_view::npos; });
}

// The innermost folder test or tests that holds the path, if it lies in an import package; else empty.
std::string_view innermost_test_folder(const Package& package, const std::vector<std::string>& roots,
                                       std::string_view path) {
  for (std::string_view folder = parent_of(path); !folder.empty(); folder = parent_of(folder)) {
    if (!is_test_folder(base_name(folder))) continue;
    const auto found = package_test_folders(package, roots, path);
    const std::string_view innermost = path.substr(0, folder.size() + 1);
    return !found.empty() && found.back() == innermost ? innermost : std::string_view();
  }
  return {};
}

// pytest's fixtures may have any name: "test_config" is what a test gets, and no test.
bool defines_a_test(std::string_view text) {
  constexpr std::string_view definition = "def test";
  for (std::size_t at = text.find(definition); at != std::string_view::npos;
       at = text.find(definition, at + 1)) {
    const std::string_view before = text.substr(0, text.rfind('\n', at) + 1);
    const std::string_view above = before.substr(0, before.empty() ? 0 : before.size() - 1);
    if (above.substr(above.rfind('\n') + 1).find("fixture") == std::string_view::npos) return true;
  }
  return false;
}

// In the folder itself or in packages below it. Other Python files of a suite are what its tests work on.
bool is_importable_below(const Package& package, std::string_view folder, std::string_view path) {
  for (std::string_view at = folder_of(path); at.size() > folder.size();
       at = folder_of(at.substr(0, at.size() - 1))) {
    if (!is_import_package(package, at)) return false;
  }
  return true;
}

}  // namespace

TestSuites find_test_suites(const Package& package, const std::vector<std::string>& roots,
                            const std::vector<FileFacts>& files) {
  std::map<std::string_view, Count> counts;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const std::string_view path = package.entries[i].path;
    const std::string_view stem = module_stem(path);
    if (stem.empty() || stem == "__init__" || lies_in_templates(path)) continue;
    const std::string_view folder = innermost_test_folder(package, roots, path);
    if (folder.empty()) continue;
    Count& count = counts[folder];
    const bool is_test = is_named_as_test(package, path);
    if (stem == "conftest") {
      count.has_conftest = true;
    } else if (is_test || python_facts(files[i]).defines_tests) {
      ++(is_test ? count.named : count.by_text);
      ++count.modules;
    } else if (is_importable_below(package, folder, path)) {
      ++count.modules;
    }
  }
  TestSuites suites;
  for (const auto& [folder, count] : counts) {
    const std::size_t tests = count.named + count.by_text;
    const auto is_part = [&](std::size_t some, std::size_t nth) {
      return some > 0 && some * nth >= count.modules;
    };
    if (count.has_conftest || is_part(count.named, 4) || is_part(tests, 2)) {
      suites.emplace(folder, SuiteEvidence::clear);
    } else if (is_part(tests, 4)) {
      suites.emplace(folder, SuiteEvidence::some);
    }
  }
  return suites;
}

bool defines_tests(const python::SourceFacts& source, std::string_view text) {
  constexpr std::array<std::string_view, 12> frameworks = {
      "unittest", "unittest2", "pytest",   "_pytest", "nose",          "nose2",
      "testing",  "testtools", "absltest", "trial",   "parameterized", "hypothesis"};
  const bool has_framework = std::ranges::any_of(source.imports, [&](const python::Import& found) {
    const std::string_view module = source.text(found.module);
    return is_any(module.substr(0, module.find('.')), frameworks) ||
           is_any(module.substr(module.rfind('.') + 1), frameworks) ||
           is_any(source.text(found.name), frameworks);
  });
  return has_framework && defines_a_test(text);
}

}  // namespace slim
