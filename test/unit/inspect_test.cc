// What the inspect stage says of files, by their content, and of packages, by the paths in them.
#include "inspect/inspect.h"

#include <gtest/gtest.h>

#include "../support/package_in_memory.h"
#include "inspect/file_kind.h"
#include "languages/python/unread.h"

namespace slim::test {
namespace {

using namespace std::string_literals;

TEST(Inspect, AFilesKindIsThatOfItsContent) {
  struct Case {
    const char* path;
    std::string content;
    const char* kind;
  };
  const std::vector<Case> cases = {
      {"a", "", "empty"},
      {"a.txt",
       "\x7f"
       "ELF",
       "elf"},
      {"a.so", "text", "text"},
      {"a", "\xfe\xed\xfa\xcf", "mach-o"},
      {"a", "\xca\xfe\xba\xbe\0\0\0\2"s, "mach-o"},
      {"A.class", "\xca\xfe\xba\xbe\0\0\0\x41"s, "data"},
      {"a.exe", "MZ" + std::string(58, '\0') + "\x40\0\0\0PE\0\0"s, "pe"},
      {"a.exe", "MZ is how a text may begin", "text"},
      {"a", "PK\3\4", "zip"},
      {"a", "!<arch>\n", "archive"},
      {"a.py", "x = 1\n", "python-source"},
      {"a.py", "x = \0\n"s, "data"},
      {"a", "#!/usr/bin/env python3\n", "python-source"},
      {"a", "#!/bin/sh\npython\n", "text"},
      {"a.pyc", "\xa7\r\r\n" + std::string(12, '\0'), "python-bytecode"},
      {"a.bin", "\xa7\r\r\n" + std::string(12, '\0'), "data"},
      {"a", "\xff\0\1"s, "data"},
      {"._a", "\0\5\x16\7"s, "apple-double"},
      {".DS_Store", "\0\0\0\1Bud1"s, "ds-store"},
      {"Thumbs.db", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound-document"},
      {"Desktop.ini", "\xff\xfe[\0.\0S\0h\0e\0l\0l\0C\0l\0a\0s\0s\0I\0n\0f\0o\0]\0"s, "folder-settings"},
      {".directory", "[Desktop Entry]\n", "folder-settings"},
      {"app.desktop", "[Desktop Entry]\n", "text"},
      {"a.py", "[Dolphin]\n", "python-source"},
      {".a.swp", "b0VIM 9.0", "vim-swap"},
      {"pax_global_header", "19 comment=0123456\n", "pax-header"},
      {"a", "19 comment=012345\n", "text"},
  };
  for (const Case& one : cases)
    EXPECT_STREQ(file_kind_name(kind_of_content(as_bytes(one.content), one.path)), one.kind)
        << one.path << ": " << one.content;
}

TEST(Inspect, APackagesShapeLanguageAndRootsAreToldByItsPaths) {
  struct Case {
    std::vector<File> files;
    const char* name;
    PackageShape shape;
    Language language;
    std::vector<std::string> roots;
  };
  using enum PackageShape;
  using L = Language;
  const std::vector<Case> cases = {
      {{{"app.py"}}, "in.zip", function, L::python, {""}},
      {{{"app.py"}, {"lib/x-1.dist-info/METADATA"}}, "in.zip", function, L::python, {"lib/"}},
      {{{"python/x.py"}}, "in.zip", layer, L::python, {"python/"}},
      {{{"python/lib/python3.12/site-packages/x.py"}},
       "in.zip",
       layer,
       L::python,
       {"python/", "python/lib/python3.12/site-packages/"}},
      {{{"python/x.py"}, {"app.py"}}, "in.zip", function, L::python, {"python/"}},
      {{{"nodejs/node_modules/a/index.js"}, {"bin/x"}}, "in.zip", layer, L::node, {}},
      {{{"index.mjs"}}, "in.zip", function, L::node, {}},
      {{{"x.py"}, {"x-1.dist-info/RECORD"}}, "x-1-py3-none-any.whl", wheel, L::python, {""}},
      {{{"META-INF/MANIFEST.MF"}}, "in.zip", jar, L::java, {}},
      {{{"A.class"}}, "in.jar", jar, L::java, {}},
      {{{"__main__.py"}}, "in.pyz", zipapp, L::python, {""}},
      {{{"__main__.py"}}, "in.zip", function, L::python, {""}},
      {{{"java/lib/a.jar"}}, "in.zip", layer, L::java, {}},
      {{{"app.deps.json"}}, "in.zip", function, L::dotnet, {}},
      {{{"bootstrap"}}, "in.zip", function, L::native, {}},
      {{{"readme.txt"}}, "in.zip", function, L::none, {}},
  };
  for (const Case& one : cases) {
    const Inspection found = inspected(package_of(one.files, one.name));
    const std::string what = one.files.front().path + " in " + one.name;
    EXPECT_STREQ(package_shape_name(found.shape), package_shape_name(one.shape)) << what;
    EXPECT_STREQ(language_name(found.language), language_name(one.language)) << what;
    EXPECT_EQ(found.use_of(Language::python).roots, one.roots) << what;
  }
}

TEST(Inspect, AFilesOwnerIsItsDistributionOrPackage) {
  const File pillow = {"pillow-9.dist-info/METADATA", "Name: pillow\nVersion: 9\n"};
  const File stated = {"pillow-9.dist-info/top_level.txt", "PIL\n"};
  const File scikit = {"scikit_learn-1.dist-info/METADATA", "Name: scikit-learn\nVersion: 1\n"};
  const File storage = {"google_cloud_storage-2.dist-info/METADATA",
                        "Name: google-cloud-storage\nVersion: 2\n"};
  struct Case {
    std::vector<File> files;
    const char* path;
    const char* owner;
  };
  const std::vector<Case> cases = {
      {{pillow, stated, {"PIL/a.py"}}, "PIL/a.py", "pillow"},
      {{pillow, stated, {"PIL/a.py"}}, "pillow-9.dist-info/METADATA", "pillow"},
      {{pillow, stated, {"pillow.libs/a.so", elf_header(3)}}, "pillow.libs/a.so", "pillow"},
      {{scikit, {"sklearn/__init__.py"}}, "sklearn/__init__.py", "scikit-learn"},
      {{scikit, {"data/a.txt"}}, "data/a.txt", "data"},
      {{storage, {"google/cloud/storage/a.py"}}, "google/cloud/storage/a.py", "google-cloud-storage"},
      {{storage, {"google/other/a.py"}}, "google/other/a.py", "google"},
      {{{"node_modules/@a/b/index.js"}}, "node_modules/@a/b/index.js", "@a/b"},
      {{{"node_modules/a/node_modules/b/c.js"}}, "node_modules/a/node_modules/b/c.js", "b"},
      {{{"app.py"}}, "app.py", "app.py"},
      // RECORD has no say: it is not there any more when the output is looked at.
      {{pillow, {"pillow-9.dist-info/RECORD", "other/a.py,,\n"}, {"other/a.py"}, {"app.py"}},
       "other/a.py",
       "other"},
  };
  for (const Case& one : cases) {
    const Package package = package_of(one.files);
    EXPECT_EQ(inspected(package).owner[find_entry(package, one.path).value()], one.owner) << one.path;
  }
}

TEST(Inspect, ThePythonAndTheArchitectureAreWhatMostFilesAreFor) {
  struct Case {
    std::vector<File> files;
    std::optional<LanguageVersion> python;
    std::optional<Arch> arch;
  };
  const LanguageVersion v11{3, 11};
  const LanguageVersion v12{3, 12};
  const std::vector<Case> cases = {
      {{{"app.py"}}, {}, {}},
      {{{"a.cpython-312-x86_64-linux-gnu.so", elf_header(3)}, {"app.py"}}, v12, Arch::x86_64},
      {{{"a.so", elf_header(3, 183)}, {"app.py"}}, {}, Arch::arm64},
      {{{"a.so", elf_header(3, 183)}, {"b.so", elf_header(3, 183)}, {"c.so", elf_header(3)}},
       {},
       Arch::arm64},
      {{{"a.so", elf_header(3, 40)}}, {}, {}},
      {{{"python/lib/python3.11/site-packages/a.py"}}, v11, {}},
      {{{"__pycache__/a.cpython-311.pyc", "\xa7\r\r\n" + std::string(12, '\0')}, {"a.py"}}, v11, {}},
      {{{"__pycache__/a.cpython-311.pyc", "no bytecode"}, {"a.py"}}, {}, {}},
      // Extension modules say more than folders and bytecode.
      {{{"a.cpython-312-x86_64-linux-gnu.so", elf_header(3)}, {"python/lib/python3.11/site-packages/a.py"}},
       v12,
       Arch::x86_64},
  };
  for (const Case& one : cases) {
    const Inspection found = inspected(package_of(one.files));
    EXPECT_EQ(found.use_of(Language::python).version, one.python) << one.files.front().path;
    EXPECT_EQ(found.arch, one.arch) << one.files.front().path;
  }
  Options options;
  options.python.version = LanguageVersion{3, 9};
  options.arch = Arch::arm64;
  const Inspection said = inspected(package_of(cases[1].files), options);
  EXPECT_EQ(said.use_of(Language::python).version, (LanguageVersion{3, 9}));
  EXPECT_EQ(said.arch, Arch::arm64);
}

TEST(Inspect, LeavesUnreadWhatRulesDropByName) {
  struct Case {
    std::vector<File> files;
    const char* path;
    bool unread;
    BytecodeMode bytecode = BytecodeMode::drop;
  };
  const File pkg = {"pkg/__init__.py", "x = 1\n"};
  const std::vector<Case> cases = {
      {{{"a.py"}, {"__pycache__/a.cpython-312.pyc", "x"}}, "__pycache__/a.cpython-312.pyc", true},
      {{{"a.py"}, {"__pycache__/a.cpython-312.pyc", "x"}},
       "__pycache__/a.cpython-312.pyc",
       false,
       BytecodeMode::keep},
      {{{"b.py"}, {"__pycache__/a.cpython-312.pyc", "x"}}, "__pycache__/a.cpython-312.pyc", false},
      {{{"a.py"}, {"a.pyc", "x"}}, "a.pyc", false},
      {{pkg, {"pkg/tests/test_a.py", "x = 1\n"}}, "pkg/tests/test_a.py", true},
      {{pkg, {"pkg/tests/test_a.py", "x = 1\n"}, {"pkg/tests/test_a.pyi", "x"}},
       "pkg/tests/test_a.py",
       false},
      {{pkg, {"pkg/tests/sql.py", "x = 1\n"}}, "pkg/tests/sql.py", false},
      {{pkg, {"pkg/tests/test_a.py", "x = 1\n"}, {"pkg/tests/._test_b.py", "x"}},
       "pkg/tests/._test_b.py",
       false},
      {{pkg, {"pkg/tests/test_a.py", "x = 1\n"}, {"pkg/tests/data.txt", "x"}}, "pkg/tests/data.txt", false},
      {{pkg}, "pkg/__init__.py", false},
  };
  for (const Case& one : cases) {
    const Package package = package_of(one.files);
    Options options;
    options.python.bytecode = one.bytecode;
    NoProgress progress;
    cache::Cache none;
    Inspector inspector(package, options, progress, none);
    ASSERT_TRUE(inspector.look());
    EXPECT_EQ(inspector.found().files[find_entry(package, one.path).value()].is_read, !one.unread)
        << one.path;
  }
}

TEST(Inspect, WhatPythonRefersToIsWhatThePackageHas) {
  struct Case {
    const char* source;  // of pkg/a.py
    Reference::Kind kind;
    const char* name;
    bool there;
  };
  using enum Reference::Kind;
  const std::vector<Case> cases = {
      {"import pkg.b\n", import, "pkg.b", true},
      {"from . import b\n", import, "pkg.b", true},
      {"from .b import x\n", import, "pkg.b", true},
      {"import os\n", import, "os", false},
      {"def f():\n  import pkg.b\n", import, "pkg.b", true},
      {"load('pkg.b')\n", string, "pkg.b", true},
      {"load('pkg.c')\n", string, "pkg.c", false},
      {"from pkg import *\n", star, "pkg", true},
      {"# import pkg.b\n", import, "pkg.b", false},
      {"'''import pkg.b'''\n", import, "pkg.b", false},
  };
  for (const Case& one : cases) {
    const Package package =
        package_of({{"pkg/__init__.py", "x = 1\n"}, {"pkg/a.py", one.source}, {"pkg/b.py", "x = 1\n"}});
    const Inspection found = inspected(package);
    const bool there = std::ranges::any_of(
        found.files[find_entry(package, "pkg/a.py").value()].references,
        [&](const Reference& each) { return each.kind == one.kind && each.name == one.name; });
    EXPECT_EQ(there, one.there) << one.source;
  }
}

// What can't be loaded is an error that names the entry.
TEST(Inspect, AnEntryThatCannotBeReadIsTold) {
  class Broken final : public ContentSource {
   public:
    Result<Bytes> load(std::size_t) const override { return fail("the data is damaged"); }
  };
  Package package = package_of({{"a.py", "x"}});
  package.source = std::make_shared<Broken>();
  NoProgress progress;
  const auto found = inspect_package(package, {}, progress);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().what.find("the data is damaged"), std::string::npos);
}

}  // namespace
}  // namespace slim::test
