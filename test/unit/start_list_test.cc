// Lists of the modules that a start loads.
#include "languages/python/start_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace slim {
namespace {

using Texts = std::vector<std::string>;

Package package_of(Texts paths) {
  std::ranges::sort(paths);
  Package package;
  for (const std::string& path : paths) {
    Entry entry;
    entry.path = path;
    package.entries.push_back(entry);
  }
  return package;
}

Inspection inspection_of(const Package& package, const Texts& roots) {
  Inspection inspection;
  inspection.files.resize(package.entries.size());
  inspection.owner.resize(package.entries.size());
  inspection.languages[Language::python].roots = roots;
  return inspection;
}

Texts names_in(std::string_view text) {
  Texts names;
  const auto parsed = parse_start_list(text);
  if (!parsed) return {parsed.error().what};
  for (const ListedName& name : *parsed) names.push_back(name.name);
  return names;
}

TEST(StartList, CommentsBlanksAndLineEndsAreNoNames) {
  EXPECT_EQ(names_in("\xef\xbb\xbf# all\r\n\r\n  a.b \t# why\r\n#c\nd"), (Texts{"a.b", "d"}));
  EXPECT_EQ(names_in("b\na\nb\n"), (Texts{"b", "a"}));
  EXPECT_TRUE(names_in("").empty());
  EXPECT_TRUE(names_in("#").empty());
}

TEST(StartList, ALineThatIsNoNameIsToldByItsNumber) {
  const Texts told = names_in("a\n\nimport b\n");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].starts_with("line 3: 'import b' is no module's name")) << told[0];
  EXPECT_EQ(names_in("a folder/b.py\n"), Texts{"a folder/b.py"});
}

TEST(StartList, NamesMeanWhatAnImportFinds) {
  const Package package =
      package_of({"x.py", "x.y.py", "x/__init__.py", "x/y.py", "x/c.abi3.so", "odd-1/z.py"});
  const SourceModules modules(package, inspection_of(package, {""}));
  const auto path_of = [&](std::string_view name) {
    const auto entry = modules.named(name);
    return entry ? package.entries[*entry].path : "none";
  };
  EXPECT_EQ(path_of("x"), "x/__init__.py");
  EXPECT_EQ(path_of("x.y"), "x/y.py");
  EXPECT_EQ(path_of("./x.y.py"), "x.y.py");
  EXPECT_EQ(path_of("./x.py"), "x.py");
  EXPECT_EQ(path_of("odd-1/z.py"), "odd-1/z.py");
  EXPECT_EQ(path_of("x.c"), "none");
  EXPECT_TRUE(modules.has_module("x.c"));
  for (const std::size_t source : modules.sources())
    EXPECT_EQ(modules.named(modules.name_of(source)), source);
}

TEST(StartList, TheFirstFolderOnThePathWins) {
  const Package package = package_of({"first/m.py", "second/m/__init__.py"});
  const SourceModules modules(package, inspection_of(package, {"first/", "second/"}));
  ASSERT_TRUE(modules.find("m").has_value());
  EXPECT_EQ(package.entries[modules.find("m").value_or(9)].path, "first/m.py");
}

TEST(StartList, UnknownNamesAreOneWarningAndNothingKnownIsAnError) {
  const Package package = package_of({"app.py", "c.abi3.so"});
  const SourceModules modules(package, inspection_of(package, {""}));
  const auto found = find_listed({{1, "app"}, {2, "apq"}, {3, "c"}, {4, "json"}}, modules, "l.txt");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->entries.size(), 1U);
  ASSERT_EQ(found->warnings.size(), 1U);
  EXPECT_EQ(
      found->warnings[0],
      "--start-list l.txt: no modules of the package are called apq (line 2), json (line 4): did you mean "
      "'app'?");
  EXPECT_FALSE(find_listed({{1, "apq"}}, modules, "l.txt").has_value());
  EXPECT_FALSE(find_listed({}, modules, "l.txt").has_value());
  EXPECT_TRUE(find_listed({{1, "app"}}, modules, "l.txt")->warnings.empty());
}

}  // namespace
}  // namespace slim
