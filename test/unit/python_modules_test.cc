// Which files are which modules, by the folders on sys.path.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "languages/python/importable_modules.h"
#include "languages/python/modules.h"
#include "python/module_name.h"

namespace slim {
namespace {

Package package_of(std::vector<std::string> paths) {
  std::ranges::sort(paths);
  Package package;
  for (const std::string& path : paths) {
    Entry entry;
    entry.path = path;
    package.entries.push_back(entry);
  }
  return package;
}

std::vector<std::string> paths_of(const Package& package, std::span<const Module> modules) {
  std::vector<std::string> paths;
  for (const Module& module : modules) paths.push_back(package.entries[module.entry].path);
  return paths;
}

using Texts = std::vector<std::string>;

TEST(PythonModules, AllFilesOfOneName) {
  const Package package =
      package_of({"a/__init__.py", "a/b.abi3.so", "a/b.py", "a/b/__init__.py", "a/b/x.txt"});
  const std::vector<Module> modules = all_modules(package, {""});
  EXPECT_EQ(paths_of(package, modules_named(modules, "a.b")),
            (Texts{"a/b.abi3.so", "a/b.py", "a/b/__init__.py"}));
  EXPECT_EQ(paths_of(package, modules_named(modules, "a")), Texts{"a/__init__.py"});
  EXPECT_TRUE(modules_named(modules, "a.b.x").empty());
}

TEST(PythonModules, AFileBelowTwoRootsHasTwoNames) {
  const Package package = package_of({"python/a.py", "b.py"});
  const std::vector<Module> modules = all_modules(package, {"", "python/"});
  EXPECT_EQ(paths_of(package, modules_named(modules, "a")), Texts{"python/a.py"});
  EXPECT_EQ(paths_of(package, modules_named(modules, "python.a")), Texts{"python/a.py"});
  EXPECT_EQ(modules.size(), 3U);
}

TEST(PythonModules, TheLongestRootHolds) {
  const std::vector<std::string> roots = {"", "python/lib/", "python/"};
  EXPECT_EQ(root_of(roots, "python/lib/a.py"), "python/lib/");
  EXPECT_EQ(root_of(roots, "python/a.py"), "python/");
  EXPECT_EQ(root_of(roots, "a.py"), "");
  EXPECT_EQ(root_of({"python/"}, "a.py"), std::nullopt);
}

TEST(PythonModules, NamesComeWithTheirPackages) {
  std::set<std::string> names;
  python::add_with_packages(names, "a.b.c");
  python::add_with_packages(names, "a.d");
  EXPECT_EQ(names, (std::set<std::string>{"a", "a.b", "a.b.c", "a.d"}));
  EXPECT_EQ(python::package_above("a"), "");
}

// Tests, scripts and what no import statement can name are not tried.
TEST(PythonModules, TrialsImportWhatImportCanName) {
  const Package package = package_of({"a/__init__.py", "a/__main__.py", "a/b-c.py", "a/d.e.py", "a/f.pyc",
                                      "a/g.cpython-311-x86_64-linux-gnu.so", "a/libh.so", "a/tests/i.py",
                                      "a/test_j.py", "k-l/m.py", "n.py", "setup.py", "__init__.py"});
  Texts names;
  for (const Module& module : importable_modules(package, {""})) names.push_back(module.name);
  EXPECT_EQ(names, (Texts{"a", "a.g", "n"}));
}

}  // namespace
}  // namespace slim
