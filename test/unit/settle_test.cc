// What actions come to once they are settled: exact sizes and hashes, files that collect others, and a keep with
// its reason wherever there is a doubt.
#include <gtest/gtest.h>

#include <functional>

#include "../support/package_in_memory.h"
#include "hash/hash.h"
#include "model/output_bytes.h"
#include "python/bytecode.h"
#include "transform/transform.h"

namespace slim::test {
namespace {

Result<Plan> try_to_settle(const Planned& plan) {
  NoProgress progress;
  cache::Cache none;
  Packer packer(plan.package, plan.inspection, plan.options, none);
  return settle_plan(plan.package, plan.inspection, plan.plan, plan.options, packer, progress);
}

Planned settled(Planned plan) {
  Result<Plan> done = try_to_settle(plan);
  EXPECT_TRUE(done) << (done ? "" : done.error().what);
  if (done) plan.plan = std::move(*done);
  for (std::size_t i = 0; i < plan.plan.actions.size(); ++i) {
    const Action& action = plan.plan.actions[i];
    const std::string& path = plan.package.entries[i].path;
    EXPECT_TRUE(action.verb != Verb::compile && action.verb != Verb::bytecode_only &&
                action.verb != Verb::collect && action.verb != Verb::renew)
        << path << " is not settled";
    if (action.verb == Verb::drop) {
      EXPECT_EQ(action.size_after, 0U) << path;
    }
    if (action.verb == Verb::drop || action.verb == Verb::link ||
        plan.package.entries[i].type != EntryType::file)
      continue;
    const auto bytes = output_bytes(plan.package, plan.plan, i);
    EXPECT_TRUE(bytes) << path;
    if (!bytes) continue;
    EXPECT_EQ(action.size_after, bytes->size()) << path;
    EXPECT_EQ(action.hash_after, hash_bytes(*bytes)) << path;
  }
  return plan;
}

std::string output_of(const Planned& plan, std::string_view path) {
  const auto bytes = output_bytes(plan.package, plan.plan, find_entry(plan.package, path).value());
  return bytes ? std::string(as_text(*bytes)) : bytes.error().what;
}

std::string addition(const Planned& plan, std::string_view path) {
  for (const Addition& each : plan.plan.additions) {
    if (each.path == path) return std::string(as_text(each.bytes));
  }
  return "no such addition";
}

const File kMetadata = {"a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"};

TEST(Settle, MetadataEndsWithItsHeaders) {
  const Planned plan =
      settled(planned({{"a-1.dist-info/METADATA", "Name: a\nVersion: 1\n\nLong.\n\nLonger.\n"}, {"a.py"}}));
  EXPECT_EQ(plan.fate("a-1.dist-info/METADATA"), "cut-metadata by python-long-description");
  EXPECT_EQ(output_of(plan, "a-1.dist-info/METADATA"), "Name: a\nVersion: 1\n");
}

std::string pyc(const std::string& source, std::uint32_t flags) {
  const std::uint16_t magic = *python::bytecode_magic(3, 12);
  Bytes file = python::bytecode_file(magic, *python::source_hash(as_bytes(source), magic), as_bytes("code"));
  file[4] = static_cast<std::uint8_t>(flags);
  return {file.begin(), file.end()};
}

TEST(Settle, FreshBytecodeGetsAHeaderThatNoDateMakesStale) {
  const std::string path = "__pycache__/a.cpython-312.pyc";
  Options options;
  options.python.bytecode = BytecodeMode::keep;
  options.python.version = LanguageVersion{3, 12};
  const std::string checked = pyc("x = 1\n", 3);
  const std::string unchecked = pyc("x = 1\n", 1);
  const Planned changed = settled(planned({{"a.py", "x = 1\n"}, {path, checked}}, options));
  EXPECT_EQ(changed.fate(path), "hash-bytecode by python-fresh-bytecode");
  EXPECT_EQ(output_of(changed, path), unchecked);
  const Planned same = settled(planned({{"a.py", "x = 1\n"}, {path, unchecked}}, options));
  EXPECT_NE(same.fate(path).find(": python-fresh-bytecode: its header says so already"), std::string::npos)
      << same.fate(path);
  // Dropped by the user, so that the bytecode's hash is of nothing any more; it is content of its own then.
  Options without = options;
  without.drop = given({"a.py"});
  EXPECT_EQ(settled(planned({{"a.py", "x = 1\n"}, {path, checked}}, without)).at("a.py").verb, Verb::drop);
}

TEST(Settle, WhatCannotBeStrippedStaysWithTheReason) {
  for (const std::string& content : {"\x7f"
                                     "ELF" +
                                         std::string(100, 'x'),
                                     elf_header(3), elf_header(1), elf_header(2, 40)}) {
    const Planned plan = settled(planned({{"a.so", content}}));
    const Action& action = plan.at("a.so");
    EXPECT_EQ(action.verb, Verb::keep);
    ASSERT_FALSE(action.holds.empty());
    EXPECT_EQ(action.holds.back().by, "elf-strip");
    EXPECT_FALSE(action.holds.back().reason.empty());
    EXPECT_EQ(action.level, elf::StripLevel::none);
    EXPECT_EQ(output_of(plan, "a.so"), content);
  }
}

TEST(Settle, FastLeavesWhatAStripWouldHardlyMakeSmaller) {
  Options options;
  options.fast = true;
  const Planned plan = settled(planned({{"a.so", elf_header(3)}}, options));
  EXPECT_EQ(plan.fate("a.so"), "keep: elf-strip: --fast leaves it for less than a tenth of its size");
}

TEST(Settle, AProgramThatCannotBeStrippedStillBecomesExecutable) {
  const Planned plan = settled(planned({{"bootstrap", elf_header(2)}}));
  EXPECT_EQ(plan.fate("bootstrap"), "make-executable by executable-programs");
  EXPECT_EQ(plan.at("bootstrap").holds.back().by, "elf-strip");
}

struct Licences {
  std::vector<File> files = {kMetadata,
                             {"a-1.dist-info/LICENSE", "MIT"},
                             {"b-2.dist-info/METADATA", "Name: b\nVersion: 2\n"},
                             {"b-2.dist-info/LICENSE", "MIT"},
                             {"b-2.dist-info/NOTICE", "a notice\n"}};
  Options options;
  Licences() { options.licences = LicenceMode::collect; }
};

TEST(Settle, EachLicenceTextIsCollectedOnce) {
  const Licences given_;
  const Planned plan = settled(planned(given_.files, given_.options));
  for (const char* path : {"a-1.dist-info/LICENSE", "b-2.dist-info/LICENSE", "b-2.dist-info/NOTICE"})
    EXPECT_EQ(plan.fate(path), "drop by python-licences-collected");
  EXPECT_EQ(
      addition(plan, "LICENSES.txt"),
      "a: a-1.dist-info/LICENSE\nb: b-2.dist-info/LICENSE\n\nMIT\n\nb: b-2.dist-info/NOTICE\n\na notice\n\n");
  EXPECT_EQ(plan.plan.additions.front().rule, "python-licences-collected");
}

TEST(Settle, LicencesJoinThoseOfAnEarlierRun) {
  Licences some;
  some.files.push_back({"LICENSES.txt", "collected before\n"});
  const Planned plan = settled(planned(some.files, some.options));
  EXPECT_EQ(plan.at("LICENSES.txt").verb, Verb::drop);
  EXPECT_TRUE(addition(plan, "LICENSES.txt").starts_with("collected before\na: a-1.dist-info/LICENSE\n"));
  // Nothing new: it stays as it is.
  const Planned again = settled(planned({kMetadata, {"LICENSES.txt", "collected before\n"}}, some.options));
  EXPECT_EQ(again.at("LICENSES.txt").verb, Verb::keep);
  EXPECT_TRUE(again.plan.additions.empty());
}

TEST(Settle, LicencesStayWhereTheirFileMustNotBeWritten) {
  Licences some;
  some.files.push_back({"LICENSES.txt", "the function's own\n"});
  some.options.keep = given({"LICENSES.txt"});
  const Planned plan = settled(planned(some.files, some.options));
  EXPECT_TRUE(plan.plan.additions.empty());
  for (const char* path : {"a-1.dist-info/LICENSE", "b-2.dist-info/NOTICE"})
    EXPECT_EQ(plan.fate(path),
              "keep: python-licences-collected: LICENSES.txt, which would take its text, stays as it is");
  EXPECT_EQ(plan.at("LICENSES.txt").verb, Verb::keep);
  // A file of that name which goes makes room for it.
  some.options.keep.clear();
  some.options.drop = given({"LICENSES.txt"});
  EXPECT_TRUE(addition(settled(planned(some.files, some.options)), "LICENSES.txt").starts_with("a: "));
}

TEST(Settle, ALinkToALicenceStays) {
  Licences some;
  some.files.push_back({"a-1.dist-info/COPYING", "LICENSE", 0644, true});
  EXPECT_EQ(settled(planned(some.files, some.options)).at("a-1.dist-info/COPYING").verb, Verb::keep);
}

// path, content -> the line that RECORD has of it before.
std::string line(const std::string& path) { return path + ",sha256=old,1"; }

TEST(Settle, AWheelsRecordListsWhatIsThereNow) {
  std::vector<File> files = {{"a/__init__.py", "x = 1\n"},
                             {"a/tests/test_a.py", "x = 1\n"},
                             {"a/\"b, c\".DS_Store", "x"},
                             kMetadata,
                             {"a-1.dist-info/RECORD", ""}};
  const std::string record = "a-1.dist-info/RECORD";
  files.back().content = line("a/__init__.py") + "\r\n" + line("a/tests/test_a.py") + "\n" + line("gone.py") +
                         "\n" + line("\"a/\"\"b, c\"\".DS_Store\"") + "\n" + record + ",,\n";
  const Planned plan = settled(planned_of(package_of(files, "a-1-py3-none-any.whl")));
  EXPECT_EQ(plan.fate(record), "drop by wheel-record");
  EXPECT_EQ(addition(plan, record), line("a/__init__.py") + "\r\n" + line("gone.py") + "\n" +
                                        line("\"a/\"\"b, c\"\".DS_Store\"") + "\n" + record + ",,\n");
  Options options;
  options.drop = given({"a/*.DS_Store"});
  EXPECT_EQ(
      addition(settled(planned_of(package_of(files, "a-1-py3-none-any.whl"), options)), record).find("b, c"),
      std::string::npos);
  // Nothing changes: it stays, byte for byte.
  std::erase_if(files, [](const File& file) { return file.path == "a/tests/test_a.py"; });
  files.back().content = line("a/__init__.py") + "\n" + record + ",,";
  const Planned same = settled(planned_of(package_of(files, "a-1-py3-none-any.whl")));
  EXPECT_EQ(same.fate(record), "keep");
  EXPECT_TRUE(same.plan.additions.empty());
}

// Two libraries of one content; `change` says what is particular about them.
Planned two_libraries(const char* first, const char* second,
                      const std::function<void(Package&, Inspection&)>& change, Options options = {}) {
  Planned plan{.package = package_of({{first, elf_header(3)}, {second, elf_header(3)}}),
               .options = std::move(options),
               .inspection = {},
               .plan = {}};
  plan.inspection = inspected(plan.package, plan.options);
  for (FileFacts& facts : plan.inspection.files) facts.elf.value().soname = "libx.so.1";
  change(plan.package, plan.inspection);
  plan.plan = make_plan(plan.package, plan.inspection, plan.options, {}, all_is_read).value();
  return settled(std::move(plan));
}

TEST(Settle, IdenticalLibrariesBecomeLinksWhereTheLoaderSeesNoDifference) {
  const auto nothing = [](Package&, Inspection&) {};
  struct Case {
    const char* what;
    const char* first;
    const char* second;
    std::function<void(Package&, Inspection&)> change;
    const char* held;  // "": linked
  };
  const std::vector<Case> cases = {
      {"beside each other", "a/libx.so", "a/libx.so.1", nothing, ""},
      {"in different folders", "a/libx.so.1", "b/c/libx.so.1", nothing, ""},
      {"without a SONAME", "a/x.so", "b/x.so",
       [](Package&, Inspection& i) { i.files[1].elf->soname.clear(); }, "plug-in or program"},
      {"modules of Python", "a/x.abi3.so", "b/x.abi3.so", nothing, "plug-in or program"},
      {"add-ons of Node", "a/x.node", "b/x.node", nothing, "plug-in or program"},
      {"programs", "a/x", "b/x", [](Package&, Inspection& i) { i.files[1].elf->type = 2; },
       "plug-in or program"},
      {"with $ORIGIN, in one folder", "a/libx.so", "a/libx.so.1",
       [](Package&, Inspection& i) { i.files[1].elf->runpath = "$ORIGIN/../lib"; }, ""},
      {"with $ORIGIN, in two", "a/libx.so", "b/libx.so",
       [](Package&, Inspection& i) { i.files[1].elf->rpath = "${ORIGIN}"; }, "$ORIGIN"},
      {"with another mode", "a/libx.so", "b/libx.so",
       [](Package& p, Inspection&) { p.entries[1].mode = 0755; }, "-"},
  };
  for (const Case& one : cases) {
    const Planned plan = two_libraries(one.first, one.second, one.change);
    const Action& action = plan.at(one.second);
    EXPECT_NE(plan.at(one.first).verb, Verb::link) << one.what;
    if (std::string_view(one.held).empty()) {
      EXPECT_EQ(plan.fate(one.second), "link by elf-duplicates") << one.what;
      EXPECT_EQ(action.link_to, one.first) << one.what;
      EXPECT_LT(action.size_after, 20U) << one.what;
      continue;
    }
    EXPECT_NE(action.verb, Verb::link) << one.what;
    const bool is_told =
        !action.holds.empty() && action.holds.back().reason.find(one.held) != std::string::npos;
    EXPECT_EQ(is_told, std::string_view(one.held) != "-") << one.what;
  }
  Options options;
  options.keep = given({"b/**"});
  EXPECT_EQ(two_libraries("a/libx.so", "b/libx.so", nothing, options).at("b/libx.so").verb, Verb::keep);
  options = {};
  options.disable = given({"elf-duplicates"});
  EXPECT_EQ(two_libraries("a/libx.so", "b/libx.so", nothing, options).at("b/libx.so").verb, Verb::keep);
}

TEST(Settle, BytecodeIsMadeForAKnownPythonAndForWhatRunsWhereItIsUnpacked) {
  Options options;
  options.python.bytecode = BytecodeMode::compile;
  const auto unknown = try_to_settle(planned({{"app.py", "x = 1\n"}}, options));
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().what.find("say --runtime"), std::string::npos) << unknown.error().what;
  options.python.version = LanguageVersion{3, 99};
  const auto newer = try_to_settle(planned({{"app.py", "x = 1\n"}}, options));
  ASSERT_FALSE(newer);
  EXPECT_NE(newer.error().what.find("does not know the bytecode of Python 3.99"), std::string::npos)
      << newer.error().what;
  options.python.version = LanguageVersion{3, 12};
  const auto wheel =
      try_to_settle(planned_of(package_of({{"a.py", "x = 1\n"}}, "a-1-py3-none-any.whl"), options));
  ASSERT_FALSE(wheel);
  EXPECT_NE(wheel.error().what.find("a wheel runs where"), std::string::npos) << wheel.error().what;
  // Nothing to compile is no reason to ask for an interpreter.
  EXPECT_TRUE(try_to_settle(planned({{"readme.txt", "x"}}, options)));
}

TEST(Settle, ASealedPackageGetsNoAddition) {
  Licences some;
  some.files.push_back({"META-INF/MANIFEST.MF", "x"});
  some.files.push_back({"META-INF/A.SF", "x"});
  const Planned plan = settled(planned_of(package_of(some.files, "a.jar"), some.options));
  EXPECT_TRUE(plan.plan.seal && plan.plan.additions.empty());
  for (const Action& action : plan.plan.actions) EXPECT_EQ(action.verb, Verb::keep);
}

TEST(Settle, ErrorsNameTheEntry) {
  class Broken final : public ContentSource {
   public:
    Result<Bytes> load(std::size_t) const override { return fail("the data is damaged"); }
  };
  Planned plan = planned({{"lib/a.so", elf_header(3)}});
  plan.package.source = std::make_shared<Broken>();
  const auto failed = try_to_settle(plan);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().what, "lib/a.so: the data is damaged");
}

}  // namespace
}  // namespace slim::test
