// What checks find in small packages: exactly these findings, by their ids, and how grave they are.
#include "check/check.h"

#include <gtest/gtest.h>

#include <set>

#include "../support/package_in_memory.h"

namespace slim::test {
namespace {

struct Case {
  const char* what;
  std::vector<File> files;
  std::set<std::string> found;  // "error missing-handler"
  const char* runtime = "python3.12";
  const char* handler = "";
  std::optional<Arch> arch = {};
  void (*change)(Package&, Inspection&) = nullptr;
  const char* today = "";
};

elf::Facts& elf_of(Package& package, Inspection& inspection, const char* path) {
  return inspection.files[find_entry(package, path).value()].elf.value();
}

const std::string kPyc = "\xa7\x0d\x0d\x0a" + std::string(12, '\0');  // of 3.11
const std::string kMachO = "\xcf\xfa\xed\xfe" + std::string(28, '\0');
const std::string kClass21 = std::string("\xca\xfe\xba\xbe\0\0\0\x41", 8);
const File kApp = {"app.py", "def handler(event, context): return 1\n"};

std::vector<Case> cases() {
  return {
      {"nothing wrong", {kApp}, {}},
      {"nothing wrong, with its handler", {kApp}, {}, "python3.12", "app.handler"},
      {"a handler that is not defined", {kApp}, {"error missing-handler"}, "python3.12", "app.handlr"},
      {"a handler's module that is not there",
       {kApp},
       {"error missing-handler"},
       "python3.12",
       "main.handler"},
      {"a handler without a dot", {kApp}, {"error missing-handler"}, "python3.12", "handler"},
      {"a handler in a folder", {{"src/app.py", "handler = print\n"}}, {}, "python3.12", "src/app.handler"},
      {"a handler of Node",
       {{"index.js", "exports.handler = async () => 1\n"}},
       {},
       "nodejs22.x",
       "index.handler"},
      {"a handler of Node that is not there",
       {{"index.js", "exports.handler = 1\n"}},
       {"error missing-handler"},
       "nodejs22.x",
       "app.handler"},
      {"a program without its own runtime", {kApp}, {"error missing-handler"}, "provided.al2023"},
      {"a program that can't be started",
       {{"bootstrap", "#!/bin/sh\n", 0644}},
       {"error not-executable"},
       "provided.al2023"},
      {"a program that can", {{"bootstrap", "#!/bin/sh\n", 0755}}, {}, "provided.al2023"},
      {"a runtime of another language", {kApp}, {"error wrong-language"}, "nodejs22.x"},
      {"a runtime that is not known", {kApp}, {"note unknown-runtime"}, "python3.99"},
      {"a runtime that is no longer supported",
       {kApp},
       {"warning runtime-deprecated"},
       "python3.8",
       "",
       {},
       nullptr,
       "2026-01-01"},
      {"the same in time", {kApp}, {}, "python3.8", "", {}, nullptr, "2020-01-01"},
      {"a runtime without arm64", {kApp}, {"error runtime-architecture"}, "python3.7", "", Arch::arm64},

      {"a library for the other processor",
       {kApp, {"a/x.so", elf_header(3, 183)}},
       {"error wrong-architecture"},
       "python3.12",
       "",
       Arch::x86_64},
      {"the same for both",
       {kApp,
        {"prebuilds/linux-arm64/x.node", elf_header(3, 183)},
        {"prebuilds/linux-x64/x.node", elf_header(3)}},
       {},
       "python3.12",
       "",
       Arch::x86_64},
      {"a damaged library",
       {kApp,
        {"a/x.so",
         "\x7f"
         "ELF" +
             std::string(60, '\xff')}},
       {"warning damaged-elf"}},
      {"a binary of macOS", {kApp, {"a/x.dylib", kMachO}}, {"warning foreign-system"}},
      {"an extension module of macOS",
       {kApp, {"a/x.cpython-312-darwin.so", kMachO}},
       {"error foreign-system"}},
      {"a launcher of Windows",
       {kApp, {"a/t64.exe", "MZ" + std::string(58, '\0') + std::string("\x40\0\0\0PE\0\0", 8)}},
       {}},
      {"an executable stack",
       {kApp, {"a/x.so", elf_header(3)}},
       {"note executable-stack"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) { elf_of(p, i, "a/x.so").executable_stack = true; }},
      {"text relocations",
       {kApp, {"a/x.so", elf_header(3)}},
       {"note text-relocations"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) { elf_of(p, i, "a/x.so").text_relocations = true; }},
      {"segments that no loader maps",
       {kApp, {"a/x.so", elf_header(3)}},
       {"error misaligned-segment"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) {
         i.files[find_entry(p, "a/x.so").value()].load_fault = "a segment is off";
       }},
      {"a library that is nowhere",
       {kApp, {"a/x.so", elf_header(3)}},
       {"warning missing-library"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) { elf_of(p, i, "a/x.so").needed = {"libnowhere.so.1"}; }},
      {"a library that every image has",
       {kApp, {"a/x.so", elf_header(3)}},
       {},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) { elf_of(p, i, "a/x.so").needed = {"libc.so.6", "libm.so.6"}; }},
      {"a library in lib/",
       {kApp, {"a/x.so", elf_header(3)}, {"lib/liby.so.1", elf_header(3)}},
       {},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) { elf_of(p, i, "a/x.so").needed = {"liby.so.1"}; }},
      {"a library that the package may load by its path",
       {kApp, {"a/x.so", elf_header(3)}, {"b/liby.so.1", elf_header(3)}},
       {},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) { elf_of(p, i, "a/x.so").needed = {"liby.so.1"}; }},
      {"a library that its RPATH finds",
       {kApp, {"a/x.so", elf_header(3)}, {"b/liby.so.1", elf_header(3)}},
       {},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) {
         elf_of(p, i, "a/x.so").needed = {"liby.so.1"};
         elf_of(p, i, "a/x.so").runpath = "$ORIGIN/../b";
       }},
      {"a newer glibc",
       {kApp, {"a/x.so", elf_header(3)}},
       {"error glibc-too-old"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) {
         elf_of(p, i, "a/x.so").version_needs = {{"libc.so.6", "GLIBC_2.39"}};
       }},
      {"the runtime's own glibc",
       {kApp, {"a/x.so", elf_header(3)}},
       {},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) {
         elf_of(p, i, "a/x.so").version_needs = {{"libc.so.6", "GLIBC_2.34"}};
       }},
      {"a newer libstdc++",
       {kApp, {"a/x.so", elf_header(3)}},
       {"error libstdcxx-too-old"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection& i) {
         elf_of(p, i, "a/x.so").version_needs = {{"libstdc++.so.6", "GLIBCXX_3.4.99"}};
       }},

      {"a module of another Python",
       {kApp, {"a/x.cpython-311-x86_64-linux-gnu.so", elf_header(3)}},
       {"error python-extension-tag"}},
      {"bytecode that is never loaded",
       {kApp, {"a/__pycache__/b.cpython-311.pyc", kPyc}},
       {"warning bytecode-without-source"}},
      {"bytecode of another Python",
       {kApp, {"__pycache__/app.cpython-311.pyc", kPyc}},
       {"note foreign-bytecode"}},
      {"a name of the standard library",
       {kApp, {"json.py", "x = 1\n"}},
       {"warning shadows-standard-library"}},
      {"an editable install", {kApp, {"__editable__.x.pth", "/home/me/x/src\n"}}, {"error editable-install"}},
      {"a distribution that is not there",
       {kApp, {"a-1.dist-info/METADATA", "Name: a\nVersion: 1\nRequires-Dist: b\n"}},
       {"note missing-distribution"}},
      {"a distribution of another version",
       {kApp,
        {"a-1.dist-info/METADATA", "Name: a\nVersion: 1\nRequires-Dist: b==2\n"},
        {"b-1.dist-info/METADATA", "Name: b\nVersion: 1\n"}},
       {"error version-conflict"}},
      {"a distribution for a newer Python",
       {kApp, {"a-1.dist-info/METADATA", "Name: a\nVersion: 1\nRequires-Python: >=3.13\n"}},
       {"warning python-not-supported"}},
      {"classes of a newer Java", {{"A.class", kClass21}}, {"error java-class-too-new"}, "java17"},
      {"classes of that Java", {{"A.class", kClass21}}, {}, "java21"},

      {"names that differ in case", {kApp, {"a.txt", "x"}, {"A.txt", "x"}}, {"note case-collision"}},
      {"a file that nobody may read", {kApp, {"a.txt", "x", 0600}}, {"error unreadable"}},
      {"names with backslashes",
       {kApp},
       {"error backslash-name"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection&) { p.backslash_names = {"a\\b"}; }},
      {"a date of 2107",
       {kApp},
       {"warning impossible-date"},
       "python3.12",
       "",
       {},
       [](Package& p, Inspection&) { p.entries[0].dos_time = 0xff21'0000U; }},
  };
}

// As `slim check` has it: nothing is dropped.
Plan all_stays(const Package& package) {
  Plan plan;
  plan.actions.resize(package.entries.size());
  return plan;
}

std::set<std::string> ids(const std::vector<Finding>& findings) {
  std::set<std::string> out;
  for (const Finding& finding : findings)
    out.insert(std::string(severity_name(finding.severity)) + " " + finding.id);
  return out;
}

TEST(Check, FindsExactlyWhatIsWrong) {
  for (const Case& one : cases()) {
    Package package = package_of(one.files);
    Inspection inspection = inspected(package);
    if (one.change != nullptr) one.change(package, inspection);
    const Plan plan = all_stays(package);
    const Part part{&package, &inspection, &plan, mount_of(inspection)};
    Target target = target_of({&part, 1}, one.runtime, one.arch);
    target.handler = one.handler;
    target.today = one.today;
    const std::vector<Finding> findings = check_deployment({&part, 1}, target).front();
    std::string told;
    for (const Finding& finding : findings) {
      told += "\n  " + finding.id + " " + finding.path + ": " + finding.message;
      EXPECT_FALSE(finding.message.empty()) << one.what;
    }
    EXPECT_EQ(ids(findings), one.found) << one.what << told;
  }
}

// In a run of slim what the plan drops is not there any more.
TEST(Check, WhatThePlanDropsIsNotThere) {
  Options options;
  options.runtime = "python3.12";
  options.python.version = LanguageVersion{3, 12};
  const std::vector<File> files = {kApp, {"a/x.dylib", kMachO}};
  const Planned kept = planned(files, options);
  EXPECT_EQ(ids(check_package(kept.package, kept.inspection, kept.plan, options)),
            (std::set<std::string>{"warning foreign-system"}));
  options.drop = given({"**/*.dylib"});
  const Planned dropped = planned(files, options);
  EXPECT_TRUE(check_package(dropped.package, dropped.inspection, dropped.plan, options).empty());
}

// Of two parts with one path the later one wins, and what one lacks the other may have.
TEST(Check, ALayerLiesOverTheFunction) {
  const Package function = package_of({kApp, {"a/x.so", elf_header(3)}});
  Inspection of_function = inspected(function);
  of_function.files[find_entry(function, "a/x.so").value()].elf->needed = {"liby.so.1"};
  const Package layer = package_of({{"lib/liby.so.1", elf_header(3)}, {"python/z.py", "x = 1\n"}});
  const Inspection of_layer = inspected(layer);
  const Plan plan = all_stays(function);
  const Plan of_two = all_stays(layer);
  const std::vector<Part> parts = {{&function, &of_function, &plan, mount_of(of_function)},
                                   {&layer, &of_layer, &of_two, mount_of(of_layer)}};
  EXPECT_EQ(parts[1].mount, "/opt");
  Target target = target_of(parts, "python3.12", {});
  target.handler = "z.handler";
  const auto findings = check_deployment(parts, target);
  EXPECT_EQ(ids(findings[0]), std::set<std::string>());
  EXPECT_EQ(ids(findings[1]), (std::set<std::string>{"error missing-handler"}))
      << "z.py of the layer is found, and defines none";
  EXPECT_EQ(ids(check_deployment({parts.data(), 1}, target).front()),
            (std::set<std::string>{"warning missing-library", "error missing-handler"}));
  // No search path leads to another folder of the layer.
  const Package off_path =
      package_of({{"etc/liby.so.1", elf_header(3)}, {"python/z.py", "def handler(): pass\n"}});
  const Inspection of_off_path = inspected(off_path);
  const Plan of_three = all_stays(off_path);
  const std::vector<Part> torn = {parts[0], {&off_path, &of_off_path, &of_three, mount_of(of_off_path)}};
  EXPECT_EQ(ids(check_deployment(torn, target).front()), (std::set<std::string>{"warning library-off-path"}));
}

}  // namespace
}  // namespace slim::test
