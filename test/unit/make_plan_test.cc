// What is decided about files of small packages, by slim's own rules and the user's words.
#include "plan/make_plan.h"

#include <gtest/gtest.h>

#include "../support/package_in_memory.h"
#include "python/bytecode.h"

namespace slim::test {
namespace {

const File kPkg = {"pkg/__init__.py", "x = 1\n"};
const File kTest = {"pkg/tests/test_a.py", "import unittest\ndef test_a(): pass\n"};
const File kTestData = {"pkg/tests/data.txt", "data"};
const File kMetadata = {"pkg-1.dist-info/METADATA", "Name: pkg\nVersion: 1\n\nA long description.\n"};

struct Case {
  const char* what;
  std::vector<File> files;
  const char* path;
  const char* fate;  // the beginning of it, as Planned::fate() tells it
  void (*choose)(Options&) = nullptr;
};

std::vector<Case> cases() {
  return {
      {"tests that nobody imports", {kPkg, kTest, kTestData}, "pkg/tests/data.txt", "drop by python-tests"},
      {"a file that no rule is about", {kPkg, {"pkg/data.txt", "x"}}, "pkg/data.txt", "keep"},
      {"tests that code imports",
       {kPkg, kTest, {"app.py", "import pkg.tests.test_a\n"}},
       "pkg/tests/test_a.py",
       "keep: python-tests: app.py imports pkg.tests.test_a"},
      {"what lies beside tests that code imports",
       {kPkg, kTest, kTestData, {"app.py", "import pkg.tests.test_a\n"}},
       "pkg/tests/data.txt",
       "keep: python-tests: pkg/tests/test_a.py is needed, and this lies beside it"},
      {"tests that imported tests import",
       {kPkg,
        {"pkg/tests/test_a.py", "import pkg.tests.helper\n"},
        {"pkg/tests/helper.py", "x = 1\n"},
        {"app.py", "import pkg.tests.test_a\n"}},
       "pkg/tests/helper.py",
       "keep: python-tests: pkg/tests/test_a.py imports pkg.tests.helper"},
      {"other tests than those that code imports",
       {kPkg, kTest, {"pkg/tests/test_b.py", "x = 1\n"}, {"app.py", "import pkg.tests.test_a\n"}},
       "pkg/tests/test_b.py",
       "drop by python-tests"},
      {"tests whose import only tests have",
       {kPkg, kTest, {"pkg/tests/test_b.py", "import pkg.tests.test_a\n"}},
       "pkg/tests/test_a.py",
       "drop by python-tests"},
      {"a name in a string",
       {kPkg, kTest, {"app.py", "load('pkg.tests.test_a')\n"}},
       "pkg/tests/test_a.py",
       "keep: python-tests: app.py names"},
      {"a path in a string",
       {kPkg, kTest, kTestData, {"pkg/a.py", "open('tests/data.txt')\n"}},
       "pkg/tests/data.txt",
       "keep: python-tests: pkg/a.py names it"},
      {"tests, kept by the user",
       {kPkg, kTest},
       "pkg/tests/test_a.py",
       "keep: --keep: matches --keep 'pkg/tests'",
       [](Options& options) { options.keep = given({"pkg/tests"}); }},
      {"tests, with the rule off",
       {kPkg, kTest},
       "pkg/tests/test_a.py",
       "keep",
       [](Options& options) { options.disable = given({"python-tests"}); }},
      {"a file that the user drops",
       {kPkg, {"app.py"}},
       "app.py",
       "drop by --drop",
       [](Options& options) { options.drop = given({"*.py"}); }},
      {"a samples folder, by default", {kPkg, {"pkg/examples/a.txt", "x"}}, "pkg/examples/a.txt", "keep"},
      {"a samples folder, when asked",
       {kPkg, {"pkg/examples/a.txt", "x"}},
       "pkg/examples/a.txt",
       "drop by python-samples",
       [](Options& options) { options.enable = given({"python-samples"}); }},
      {"on and off at once",
       {kPkg, {"pkg/examples/a.txt", "x"}},
       "pkg/examples/a.txt",
       "keep",
       [](Options& options) { options.enable = options.disable = given({"python-samples"}); }},

      {"bytecode beside its source",
       {{"a.py"}, {"__pycache__/a.cpython-312.pyc", "x"}},
       "__pycache__/a.cpython-312.pyc",
       "drop by python-bytecode"},
      {"bytecode in its source's place",
       {{"a.pyc", "x"}, {"b.py"}},
       "a.pyc",
       "keep: python-bytecode: its source is not beside it"},
      {"bytecode that is never loaded",
       {{"__pycache__/a.cpython-312.pyc", "x"}, {"b.py"}},
       "__pycache__/a.cpython-312.pyc",
       "drop by python-orphan-bytecode"},
      {"the long description",
       {kPkg, kMetadata},
       "pkg-1.dist-info/METADATA",
       "cut-metadata by python-long-description"},
      {"metadata that nobody asks for",
       {kPkg, kMetadata},
       "pkg-1.dist-info/METADATA",
       "drop by python-dist-info",
       [](Options& options) { options.python.dist_info = DistInfoMode::drop; }},
      {"metadata that code asks for",
       {kPkg, kMetadata, {"app.py", "from importlib.metadata import version\nversion('pkg')\n"}},
       "pkg-1.dist-info/METADATA",
       "cut-metadata by python-long-description",
       [](Options& options) { options.python.dist_info = DistInfoMode::drop; }},
      {"an installer's file",
       {kPkg, kMetadata, {"pkg-1.dist-info/INSTALLER", "pip"}},
       "pkg-1.dist-info/INSTALLER",
       "drop by python-installer-metadata"},
      {"a licence, by default",
       {kMetadata, {"pkg-1.dist-info/LICENSE", "MIT"}},
       "pkg-1.dist-info/LICENSE",
       "keep"},
      {"a licence to collect",
       {kMetadata, {"pkg-1.dist-info/LICENSE", "MIT"}},
       "pkg-1.dist-info/LICENSE",
       "collect by python-licences-collected",
       [](Options& options) { options.licences = LicenceMode::collect; }},
      {"a licence to drop",
       {kMetadata, {"pkg-1.dist-info/LICENSE", "MIT"}},
       "pkg-1.dist-info/LICENSE",
       "drop by python-licences",
       [](Options& options) { options.licences = LicenceMode::drop; }},
      {"a stub", {{"a.py"}, {"a.pyi", "x: int\n"}}, "a.pyi", "drop by python-stubs"},
      {"a startup file", {{"x.pth", "import os\n"}, {"a.py"}}, "x.pth", "keep: python-startup-files"},
      {"a startup file among tests",
       {kPkg, kTest, {"pkg/tests/x.pth", "import os\n"}},
       "pkg/tests/x.pth",
       "keep: python-startup-files"},
      {"time zones with a folder of tests",
       {{"pytz/__init__.py", "x = 1\n"}, {"pytz/tests/test_a.py", "x = 1\n"}},
       "pytz/tests/test_a.py",
       "keep: python-time-zones"},
      {"a library", {{"a.so", elf_header(3)}}, "a.so", "strip by elf-strip"},
      {"a library, with --strip none",
       {{"a.so", elf_header(3)}},
       "a.so",
       "keep",
       [](Options& options) { options.strip = elf::StripLevel::none; }},
      {"a library, with --keep-strip",
       {{"a.so", elf_header(3)}},
       "a.so",
       "keep: --keep-strip: matches --keep-strip '*.so'",
       [](Options& options) { options.keep_strip = given({"*.so"}); }},
      {"a program without its mode",
       {{"bootstrap", "#!/bin/sh\n"}},
       "bootstrap",
       "make-executable by executable-programs"},
      {"a program of somebody's own", {{"tools/run", "#!/bin/sh\n"}}, "tools/run", "keep"},
      {"a mark of macOS",
       {{"pkg/.DS_Store", std::string("\0\0\0\1Bud1\0", 9)}, kPkg},
       "pkg/.DS_Store",
       "drop by desktop-files"},
      {"a file of such a name", {{"pkg/.DS_Store", "text"}, kPkg}, "pkg/.DS_Store", "keep"},
      {"a source that its bytecode may stand for",
       {{"pkg/__init__.py", "x = 1\n"}, kMetadata, {"app.py", "import pkg, b\n"}, {"b.py"}},
       "pkg/__init__.py",
       "bytecode-only by python-sourceless",
       [](Options& options) { options.python.bytecode = BytecodeMode::sourceless; }},
      {"the function's own source",
       {kPkg, kMetadata, {"app.py", "import pkg\n"}},
       "app.py",
       "keep",
       [](Options& options) { options.python.bytecode = BytecodeMode::sourceless; }},
      {"the same with no rule to compile by",
       {kPkg, kMetadata, {"app.py", "import pkg, b\n"}, {"b.py"}},
       "pkg/__init__.py",
       "keep: python-sourceless: no rule that is on makes the bytecode",
       [](Options& options) {
         options.python.bytecode = BytecodeMode::sourceless;
         options.disable = given({"python-compiled-bytecode"});
       }},
  };
}

TEST(MakePlan, DecidesByRulesAndWishes) {
  for (const Case& one : cases()) {
    Options options;
    if (one.choose != nullptr) one.choose(options);
    const std::string fate = planned(one.files, options).fate(one.path);
    EXPECT_TRUE(fate.starts_with(one.fate) && (std::string_view(one.fate) != "keep" || fate == "keep"))
        << one.what << ": '" << fate << "', and not '" << one.fate << "'";
  }
}

std::vector<std::string> ids(const Plan& plan) {
  std::vector<std::string> out;
  for (const Finding& finding : plan.findings) out.push_back(finding.id + " " + finding.path);
  return out;
}

TEST(MakePlan, WarnsOfWhatIsDroppedThoughKeptCodeImportsIt) {
  Options options;
  options.drop = given({"pkg"});
  const Planned plan = planned({kPkg, {"app.py", "import pkg\n"}}, options);
  EXPECT_EQ(plan.fate("pkg/__init__.py"), "drop by --drop");
  EXPECT_EQ(ids(plan.plan), (std::vector<std::string>{"dropped-but-imported pkg/__init__.py"}));
  options.drop = given({"pkg", "app.py"});
  EXPECT_TRUE(planned({kPkg, {"app.py", "import pkg\n"}}, options).plan.findings.empty())
      << "nothing that stays imports it";
}

TEST(MakePlan, WhatATrialRestoresStays) {
  const std::vector<File> files = {
      kPkg, kTest, {"b/__init__.py", "x = 1\n"}, {"b/tests/test_b.py", "x = 1\n"}};
  const Planned of_one = planned_of(package_of(files), {}, {{"python-tests", "pkg", "it did not import"}});
  EXPECT_EQ(of_one.fate("pkg/tests/test_a.py"), "keep: --verify: it did not import");
  EXPECT_EQ(of_one.fate("b/tests/test_b.py"), "drop by python-tests");
  const Planned of_all =
      planned_of(package_of(files), {}, {{"python-tests", "", "it did not import", "--verify-command"}});
  EXPECT_EQ(of_all.fate("pkg/tests/test_a.py"), "keep: --verify-command: it did not import");
  EXPECT_EQ(of_all.fate("b/tests/test_b.py"), "keep: --verify-command: it did not import");
  // Another rule that would take the file still may.
  const Planned other = planned_of(package_of(files), {}, {{"python-stubs", "", "it did not import"}});
  EXPECT_EQ(other.fate("pkg/tests/test_a.py"), "drop by python-tests");
}

TEST(MakePlan, NothingChangesInASignedPackage) {
  const std::vector<File> files = {{"META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n\n"},
                                   {"META-INF/A.SF", "x"},
                                   {"._x", std::string("\0\5\x16\7", 4)}};
  Options options;
  options.drop = given({"META-INF/A.SF"});
  const Planned sealed = planned_of(package_of(files, "in.jar"), options);
  ASSERT_TRUE(sealed.plan.seal && sealed.plan.seal->whole);
  for (const Action& action : sealed.plan.actions) EXPECT_EQ(action.verb, Verb::keep) << action.rule;
  EXPECT_EQ(ids(sealed.plan), (std::vector<std::string>{"sealed "}));
  EXPECT_NE(sealed.fate("META-INF/A.SF").find(": --drop: the package is signed"), std::string::npos);
  EXPECT_EQ(planned_of(package_of({files[0], files[2]}, "in.jar")).fate("._x"), "drop by apple-double")
      << "without a signature";
}

TEST(MakePlan, AWheelWhoseRecordStaysIsLeftWhole) {
  const std::vector<File> files = {kPkg, kTest, kMetadata, {"pkg-1.dist-info/RECORD", "pkg/__init__.py,,\n"}};
  const Planned renewed = planned_of(package_of(files, "pkg-1-py3-none-any.whl"));
  EXPECT_EQ(renewed.fate("pkg-1.dist-info/RECORD"), "renew by wheel-record");
  EXPECT_EQ(renewed.fate("pkg/tests/test_a.py"), "drop by python-tests");
  Options options;
  options.keep = given({"**/RECORD"});
  const Planned fixed = planned_of(package_of(files, "pkg-1-py3-none-any.whl"), options);
  EXPECT_EQ(
      fixed.fate("pkg/tests/test_a.py"),
      "keep: python-tests: pkg-1.dist-info/RECORD stays as it is, and it states the hash of every file");
}

TEST(MakePlan, WhiteoutsOfAnImageLayerStay) {
  const std::vector<File> files = {kPkg, {"pkg/tests/.wh.test_a.py"}, kTest, {"usr/bin/x"}, {"etc/x"}};
  Package layer = package_of(files, "layer.tar");
  layer.format = ContainerFormat::tar;
  EXPECT_EQ(planned_of(layer).fate("pkg/tests/.wh.test_a.py"), "keep");
  EXPECT_EQ(planned_of(package_of(files, "in.zip")).fate("pkg/tests/.wh.test_a.py"), "drop by python-tests")
      << "in a zip it is a file";
}

TEST(MakePlan, FoldersHaveNoDecision) {
  const Planned plan = planned({{"pkg/tests/"}, kPkg, kTest});
  EXPECT_EQ(plan.fate("pkg/tests"), "keep");
}

// Files that may stay unread are read where they turn out to stay, and all that stays is.
TEST(MakePlan, AsksToReadWhatStays) {
  const Package package =
      package_of({kPkg, kTest, {"pkg/tests/test_b.py", "x = 1\n"}, {"app.py", "import pkg.tests.test_a\n"}});
  const Options options;
  NoProgress progress;
  cache::Cache none;
  Inspector inspector(package, options, progress, none);
  ASSERT_TRUE(inspector.look());
  const std::size_t needed = find_entry(package, "pkg/tests/test_a.py").value();
  const std::size_t dropped = find_entry(package, "pkg/tests/test_b.py").value();
  ASSERT_FALSE(inspector.found().files[needed].is_read);
  const auto plan = make_plan(package, inspector.found(), options, {},
                              [&](std::span<const std::size_t> more) { return inspector.read_more(more); });
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->actions[needed].verb, Verb::keep);
  EXPECT_TRUE(inspector.found().files[needed].is_read);
  EXPECT_EQ(plan->actions[dropped].verb, Verb::drop);
  EXPECT_FALSE(inspector.found().files[dropped].is_read);
}

TEST(MakePlan, RefusesRulesThatDoNotExist) {
  const Package package = package_of({kPkg});
  const Inspection inspection = inspected(package);
  Options options;
  options.disable = given({"python-test"});
  const auto plan = make_plan(package, inspection, options, {}, all_is_read);
  ASSERT_FALSE(plan);
  EXPECT_NE(plan.error().what.find("did you mean 'python-tests'"), std::string::npos) << plan.error().what;
}

}  // namespace
}  // namespace slim::test
