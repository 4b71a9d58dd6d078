// What each guard holds and what it lets go. A guard without both kinds of cases here is an error.
#include "plan/guards.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "../support/package_in_memory.h"
#include "languages/python/source_evidence.h"
#include "python/bytecode.h"

namespace slim::test {
namespace {

struct Case {
  const char* guard;
  std::vector<File> files;
  const char* path;  // that is asked about
  const char* held;  // part of the clause; "": it is let go
  void (*choose)(Options&) = nullptr;
  const char* dropped = nullptr;  // a file that doesn't stay
};

constexpr const char* kLetGo = "";
const std::string kElf =
    "\x7f"
    "ELF";

std::string elf_of_type(char type) { return elf_header(type); }

std::string bytecode_of(const std::string& source) {
  const std::uint16_t magic = *python::bytecode_magic(3, 12);
  const Bytes file =
      python::bytecode_file(magic, *python::source_hash(as_bytes(source), magic), as_bytes("code"));
  return {file.begin(), file.end()};
}

void keep_bytecode(Options& options) {
  options.python.bytecode = BytecodeMode::keep;
  options.python.version = LanguageVersion{3, 12};
}
void keep_unknown_bytecode(Options& options) {
  options.python.bytecode = BytecodeMode::keep;
  options.python.version = LanguageVersion{3, 99};
}
void compile(Options& options) { options.python.bytecode = BytecodeMode::compile; }
void sourceless(Options& options) { options.python.bytecode = BytecodeMode::sourceless; }
void keep_s3(Options& options) { options.services = given({"s3"}); }
void keep_auto(Options& options) { options.services = given({"auto"}); }
void drop_licences(Options& options) { options.licences = LicenceMode::drop; }
void collect_licences(Options& options) { options.licences = LicenceMode::collect; }

const File kPkg = {"pkg/__init__.py", "x = 1\n"};
const File kSix = {"six-1.dist-info/METADATA", "Name: six\nVersion: 1\n"};
const File kUsesS3 = {"app.py", "import boto3\nboto3.client('s3')\n"};
const File kS3Data = {"botocore/data/s3/2006-03-01/service-2.json", "{}"};
const File kEc2Data = {"botocore/data/ec2/2016-11-15/service-2.json", "{}"};
const File kDrive = {"googleapiclient/discovery_cache/documents/drive.v3.json", "{}"};
const File kGmail = {"googleapiclient/discovery_cache/documents/gmail.v1.json", "{}"};
const File kUsesDrive = {"app.py", "from googleapiclient.discovery import build\nbuild('drive', 'v3')\n"};
const File kPyc = {"a/__pycache__/b.cpython-312.pyc", bytecode_of("x = 1\n")};

std::vector<Case> cases() {
  return {
      {"source-beside", {{"a/b.py"}, kPyc}, kPyc.path.c_str(), kLetGo},
      {"source-beside", {{"a/b.py"}, {"a/b.pyc"}}, "a/b.pyc", kLetGo},
      {"source-beside", {kPyc}, kPyc.path.c_str(), "its source is not beside it"},
      {"source-beside", {{"b.py"}, {"a/b.pyc"}}, "a/b.pyc", "its source is not beside it"},
      {"no-source-beside", {kPyc}, kPyc.path.c_str(), kLetGo},
      {"no-source-beside", {{"a/b.py"}, kPyc}, kPyc.path.c_str(), "its source a/b.py is there"},

      {"kept-as-fresh", {{"a/b.py", "x = 1\n"}, kPyc}, kPyc.path.c_str(), kLetGo, keep_bytecode},
      {"kept-as-fresh", {{"a/b.py", "x = 1\n"}, kPyc}, kPyc.path.c_str(), "--bytecode keep only"},
      {"kept-as-fresh", {{"a/b.py", "x = 2\n"}, kPyc}, kPyc.path.c_str(), "another hash", keep_bytecode},
      {"kept-as-fresh",
       {{"a/b.py", "x = 1\n"}, {"a/__pycache__/b.cpython-311.pyc", kPyc.content}},
       "a/__pycache__/b.cpython-311.pyc",
       "Python 3.12 does not load it",
       keep_bytecode},
      {"kept-as-fresh",
       {{"a/b.py", "x = 1\n"}, {kPyc.path, "no header"}},
       kPyc.path.c_str(),
       "no header",
       keep_bytecode},
      {"not-kept-as-fresh", {{"a/b.py", "x = 1\n"}, kPyc}, kPyc.path.c_str(), kLetGo},
      {"not-kept-as-fresh", {{"a/b.py", "x = 2\n"}, kPyc}, kPyc.path.c_str(), kLetGo, keep_bytecode},
      {"not-kept-as-fresh",
       {{"a/b.py", "x = 1\n"}, kPyc},
       kPyc.path.c_str(),
       "exactly this source",
       keep_bytecode},
      {"not-kept-as-fresh",
       {{"a/b.py", "x = 2\n"}, kPyc},
       kPyc.path.c_str(),
       "does not know the bytecode",
       keep_unknown_bytecode},
      {"bytecode-is-compiled", {{"a.py"}}, "a.py", kLetGo, compile},
      {"bytecode-is-compiled", {{"a.py"}}, "a.py", "asks for none"},
      {"bytecode-is-compiled", {{"a.py"}}, "a.py", "asks for none", keep_bytecode},
      {"bytecode-replaces-sources", {{"a.py"}}, "a.py", kLetGo, sourceless},
      {"bytecode-replaces-sources", {{"a.py"}}, "a.py", "--bytecode sourceless only", compile},

      {"services-are-named", {kS3Data}, kS3Data.path.c_str(), kLetGo, keep_s3},
      {"services-are-named", {kS3Data}, kS3Data.path.c_str(), "--services names none"},
      {"service-unused", {kEc2Data}, kEc2Data.path.c_str(), kLetGo, keep_s3},
      {"service-unused", {kS3Data}, kS3Data.path.c_str(), "--services names it", keep_s3},
      {"service-unused", {kUsesS3, kS3Data}, kS3Data.path.c_str(), "app.py line 2 uses it", keep_auto},
      {"service-unused", {kUsesS3, kEc2Data}, kEc2Data.path.c_str(), kLetGo, keep_auto},
      {"service-unused", {kEc2Data}, kEc2Data.path.c_str(), "no call that names a service", keep_auto},
      {"service-unused",
       {{"app.py", "import boto3, sys\nboto3.client(sys.argv[1])\n"}, kEc2Data},
       kEc2Data.path.c_str(),
       "only known when it runs",
       keep_auto},
      {"service-unused",
       {{"botocore/data/sts/2011-06-15/service-2.json"}},
       "botocore/data/sts/2011-06-15/service-2.json",
       "credentials",
       keep_s3},
      {"service-unused",
       {{"botocore/data/endpoints.json"}},
       "botocore/data/endpoints.json",
       "every service reads it",
       keep_s3},
      {"google-document-unused", {kUsesDrive, kGmail}, kGmail.path.c_str(), kLetGo},
      {"google-document-unused", {kUsesDrive, kDrive}, kDrive.path.c_str(), "app.py line 2 uses it"},
      {"google-document-unused", {kGmail}, kGmail.path.c_str(), "no call that names a service"},

      {"licences-go", {kSix}, kSix.path.c_str(), kLetGo, drop_licences},
      {"licences-go", {kSix}, kSix.path.c_str(), "--licenses drop only", collect_licences},
      {"licences-are-collected", {kSix}, kSix.path.c_str(), kLetGo, collect_licences},
      {"licences-are-collected", {kSix}, kSix.path.c_str(), "--licenses collect only", drop_licences},

      {"is-program", {{"bootstrap", "#!/bin/sh\n"}}, "bootstrap", kLetGo},
      {"is-program", {{"bootstrap", elf_of_type(2)}}, "bootstrap", kLetGo},
      {"is-program", {{"bootstrap", elf_of_type(3)}}, "bootstrap", kLetGo},
      {"is-program", {{"bootstrap", "exit 0\n"}}, "bootstrap", "neither an ELF program nor a script"},
      {"is-program", {{"bin/x", elf_of_type(1)}}, "bin/x", "it is a library"},
      {"not-executable", {{"bootstrap", "#!/bin/sh\n"}}, "bootstrap", kLetGo},
      {"not-executable", {{"bootstrap", "#!/bin/sh\n", 0744}}, "bootstrap", kLetGo},
      {"not-executable", {{"bootstrap", "#!/bin/sh\n", 0755}}, "bootstrap", "it can be executed already"},

      {"importable", {{"app.py"}}, "app.py", kLetGo},
      {"importable", {{"python/app.py"}, {"readme/x.py"}}, "readme/x.py", "no import finds it"},
      {"importable", {{"app.py", "x.py", 0644, true}, {"x.py"}}, "app.py", "no import finds it"},
      {"of-a-distribution", {kSix, {"six.py"}}, "six.py", kLetGo},
      {"of-a-distribution", {kSix, {"app.py"}}, "app.py", "no installed distribution"},
      {"source-not-needed",
       {kSix, {"app.py", "import six, b\n"}, {"b.py"}, {"six.py", "x = 1\n"}},
       "six.py",
       kLetGo,
       sourceless},
      {"source-not-needed",
       {kSix, {"app.py", "import six\n"}, {"six.py", "print(__file__)\n"}},
       "six.py",
       "asks for its own file",
       sourceless},
      {"source-not-needed",
       {kSix, {"app.py", "import six\nopen('six.py')\n"}, {"six.py", "x = 1\n"}},
       "six.py",
       "app.py names six.py",
       sourceless},
      {"source-not-needed",
       {kSix, {"app.py", "x = 1\n"}, {"six.py", "x = 1\n"}},
       "six.py",
       "no kept code imports",
       sourceless},
      {"source-not-needed", {kSix, {"six.py"}}, "six.py", "not known yet"},

      {"source-not-read", {kSix, {"app.py", "x = 1\n"}, {"six.py", "x = 1\n"}}, "six.py", kLetGo, sourceless},
      {"source-not-read",
       {kSix, {"app.py", "import six\n"}, {"six.py", "print(__file__)\n"}},
       "six.py",
       "asks for its own file",
       sourceless},
      {"source-not-read",
       {kSix, {"app.py", "import inspect, six\ninspect.getsource(six)\n"}, {"six.py", "x = 1\n"}},
       "six.py",
       "app.py reads the text of code",
       sourceless},
      {"source-not-read", {kSix, {"six.py"}}, "six.py", "not known yet"},

      {"no-bytecode-kept", {{"a/b.py", "x = 1\n"}}, "a/b.py", kLetGo},
      {"no-bytecode-kept", {{"a/b.py", "x = 1\n"}, kPyc}, "a/b.py", "which stays, is of the source"},

      {"inside-package", {kPkg, {"pkg/tests/a.py"}}, "pkg/tests/a.py", kLetGo},
      {"inside-package",
       {kPkg, {"pkg/sub/__init__.py"}, {"pkg/sub/test/data/a.txt"}},
       "pkg/sub/test/data/a.txt",
       kLetGo},
      {"inside-package", {{"tests/a.py"}}, "tests/a.py", "not lie inside an import package"},
      {"inside-package", {{"pkg/tests/a.py"}}, "pkg/tests/a.py", "not lie inside an import package"},
      {"is-test-suite", {kPkg, {"pkg/tests/test_a.py"}}, "pkg/tests/test_a.py", kLetGo},
      {"is-test-suite",
       {kPkg, {"pkg/tests/conftest.py"}, {"pkg/tests/data.txt"}},
       "pkg/tests/data.txt",
       kLetGo},
      {"is-test-suite",
       {kPkg, {"pkg/tests/a.py", "import unittest\ndef test_a(): pass\n"}},
       "pkg/tests/a.py",
       kLetGo},
      {"is-test-suite",
       {kPkg, {"pkg/tests/sql.py", "x = 1\n"}},
       "pkg/tests/sql.py",
       "nothing shows that pkg/tests/"},
      {"is-test-suite",
       {kPkg, {"pkg/tests/test_utils.py", "x = 1\n"}},
       "pkg/tests/test_utils.py",
       "nothing shows"},

      {"in-python-root", {{".lock"}, kSix}, ".lock", kLetGo},
      {"in-python-root", {kPkg, {"pkg/.lock"}}, "pkg/.lock", "not lie where packages are installed"},
      {"in-virtual-environment", {{"venv/pyvenv.cfg"}, {"venv/.gitignore", "*"}}, "venv/.gitignore", kLetGo},
      {"in-virtual-environment",
       {{"pyvenv.cfg"}, {"pkg/.gitignore", "*"}},
       "pkg/.gitignore",
       "no pyvenv.cfg beside it"},
      {"renamed-while-open", {{".nfs000000000123456700000001"}}, ".nfs000000000123456700000001", kLetGo},
      {"renamed-while-open", {{"a/.fuse_hidden0000001200000003"}}, "a/.fuse_hidden0000001200000003", kLetGo},
      {"renamed-while-open", {{".nfs-mounts"}}, ".nfs-mounts", "not one that a file system gives"},
      {"renamed-while-open",
       {{".nfs00000000012345670000000G"}},
       ".nfs00000000012345670000000G",
       "not one that"},
      {"renamed-while-open",
       {{".fuse_hidden000000120000000"}},
       ".fuse_hidden000000120000000",
       "not one that"},
      {"lock-of-editor", {{".#a.py", "me@host.123:456", 0644, true}}, ".#a.py", kLetGo},
      {"lock-of-editor", {{".#a.py", "me@host.domain.9", 0644, true}}, ".#a.py", kLetGo},
      {"lock-of-editor", {{".#a.py", "a.py", 0644, true}}, ".#a.py", "does not name the process"},
      {"lock-of-editor", {{".#a.py", "me@host.12x", 0644, true}}, ".#a.py", "does not name the process"},
      {"lock-of-editor", {{".#a.py", "dir/me@host.12", 0644, true}}, ".#a.py", "does not name the process"},

      {"beside-metadata", {kSix, {"six-1.dist-info/RECORD"}}, "six-1.dist-info/RECORD", kLetGo},
      {"beside-metadata",
       {{"x.egg-info/PKG-INFO"}, {"x.egg-info/SOURCES.txt"}},
       "x.egg-info/SOURCES.txt",
       kLetGo},
      {"beside-metadata", {kSix, {"y-1.dist-info/RECORD"}}, "y-1.dist-info/RECORD", "no METADATA beside it"},
      {"has-long-description",
       {{"x-1.dist-info/METADATA", "Name: x\n\nLong.\n"}},
       "x-1.dist-info/METADATA",
       kLetGo},
      {"has-long-description",
       {{"x-1.dist-info/METADATA", "Name: x\r\n\r\nLong."}},
       "x-1.dist-info/METADATA",
       kLetGo},
      {"has-long-description", {kSix}, kSix.path.c_str(), "nothing but headers"},
      {"has-long-description",
       {{"x-1.dist-info/METADATA", "Name: x\n\n"}},
       "x-1.dist-info/METADATA",
       "nothing but headers"},
      {"metadata-not-asked", {kSix, {"app.py", "x = 1\n"}}, kSix.path.c_str(), kLetGo},
      {"metadata-not-asked",
       {kSix, {"app.py", "from importlib.metadata import version\nversion('other')\n"}},
       kSix.path.c_str(),
       kLetGo},
      {"metadata-not-asked",
       {kSix, {"app.py", "from importlib.metadata import version\nversion('Six')\n"}},
       kSix.path.c_str(),
       "app.py"},
      {"metadata-not-asked",
       {kSix, {"app.py", "from importlib.metadata import version\nversion('six')\n"}},
       kSix.path.c_str(),
       kLetGo,
       nullptr,
       "app.py"},
      {"metadata-not-asked",
       {kSix, {"app.py", "import sys\nfrom importlib.metadata import version\nversion(sys.argv[1])\n"}},
       kSix.path.c_str(),
       "only known when it runs"},
      {"installer-file-not-read",
       {kSix, {"six-1.dist-info/RECORD"}, {"app.py", "x = 1\n"}},
       "six-1.dist-info/RECORD",
       kLetGo},
      {"installer-file-not-read",
       {kSix, {"six-1.dist-info/RECORD"}, {"app.py", "from importlib.metadata import files\nfiles('six')\n"}},
       "six-1.dist-info/RECORD",
       "app.py reads RECORD"},

      {"implementation-beside", {{"a.py"}, {"a.pyi"}}, "a.pyi", kLetGo},
      {"implementation-beside", {{"a.abi3.so"}, {"a.pyi"}}, "a.pyi", kLetGo},
      {"implementation-beside", {{"a/__init__.py"}, {"a.pyi"}}, "a.pyi", kLetGo},
      {"implementation-beside",
       {{"ab.py"}, {"a.so.1"}, {"a.pyi"}},
       "a.pyi",
       "no implementation stands beside it"},
      {"no-lazy-stub", {kPkg, {"pkg/__init__.pyi"}}, "pkg/__init__.pyi", kLetGo},
      {"no-lazy-stub",
       {{"pkg/__init__.py", "import lazy_loader as lazy\na, b, c = lazy.attach_stub(__name__, __file__)\n"},
        {"pkg/__init__.pyi"}},
       "pkg/__init__.pyi",
       "reads this stub when it is imported"},
      {"in-import-package", {kPkg, {"pkg/docs/a.txt"}}, "pkg/docs/a.txt", kLetGo},
      {"in-import-package", {kPkg, {"docs/a.txt"}}, "docs/a.txt", "in no import package"},
      {"in-import-package", {{"a.txt"}}, "a.txt", "in no import package"},

      {"compiled-package", {{"pkg/_a.so", kElf}, {"pkg/a.c"}}, "pkg/a.c", kLetGo},
      {"compiled-package", {{"pkg/_a.so", "text"}, {"pkg/a.c"}}, "pkg/a.c", "holds no compiled module"},
      {"compiled-package",
       {{"pkg/_a.so", kElf}, {"pkg/a.c"}},
       "pkg/a.c",
       "holds no compiled module",
       nullptr,
       "pkg/_a.so"},
      {"compiled-package", {{"other/_a.so", kElf}, {"pkg/a.c"}}, "pkg/a.c", "holds no compiled module"},
      {"compiled-package", {{"_a.so", kElf}, {"a.c"}}, "a.c", "belongs to no package"},
      {"not-named-by-code", {kPkg, {"pkg/a.h"}}, "pkg/a.h", kLetGo},
      {"not-named-by-code", {{"pkg/a.py", "open('a.h')\n"}, {"pkg/b.h"}}, "pkg/b.h", kLetGo},
      {"not-named-by-code", {{"other/a.py", "open('a.h')\n"}, {"pkg/a.h"}}, "pkg/a.h", kLetGo},
      {"not-named-by-code",
       {{"pkg/a.py", "open('a.h')\n"}, {"pkg/a.h"}},
       "pkg/a.h",
       kLetGo,
       nullptr,
       "pkg/a.py"},
      {"not-named-by-code", {{"pkg/a.py", "open('a.h')\n"}, {"pkg/a.h"}}, "pkg/a.h", "pkg/a.py names a.h"},
      {"not-named-by-code",
       {{"pkg/a.py", "open(name + '.h')\n"}, {"pkg/a.h"}},
       "pkg/a.h",
       "pkg/a.py names .h"},
      {"not-compiled-with", {kPkg, {"pkg/a.pxd"}}, "pkg/a.pxd", kLetGo},
      {"not-compiled-with", {kPkg, {"pkg/a.pxd"}, {"Cython/__init__.py"}}, "pkg/a.pxd", "Cython is there"},
      {"not-compiled-with",
       {kPkg, {"pkg/a.pxd"}, {"Cython/__init__.py"}},
       "pkg/a.pxd",
       kLetGo,
       nullptr,
       "Cython/__init__.py"},
      {"not-compiled-with", {kPkg, {"pkg/a.pyi"}, {"mypy/__init__.py"}}, "pkg/a.pyi", "mypy is there"},
      {"not-compiled-with", {kPkg, {"pkg/a.h"}, {"mypy/__init__.py"}}, "pkg/a.h", kLetGo},
      {"not-compiled-with",
       {kPkg, {"pkg/a.h"}, {"other/b.py", "open('a.h')\n"}},
       "pkg/a.h",
       "other/b.py names a.h"},
  };
}

std::optional<std::string> answer(const Case& one) {
  Options options;
  if (one.choose != nullptr) one.choose(options);
  const Package package = package_of(one.files);
  const Inspection inspection = inspected(package, options);
  std::vector<bool> kept(package.entries.size(), true);
  if (one.dropped != nullptr) kept[find_entry(package, one.dropped).value()] = false;
  GuardView view{package, inspection, kept, options};
  const SourceEvidenceOnDemand sources(package, inspection, kept);
  if (options.python.bytecode == BytecodeMode::sourceless) view.of_what_stays[Language::python] = &sources;
  const Guard* guard = find_guard(one.guard);
  if (guard == nullptr) return "there is no such guard";
  return guard->ask(view, find_entry(package, one.path).value());
}

std::string named(const Case& one) {
  std::string text = std::string(one.guard) + " about " + one.path + " among";
  for (const File& file : one.files) text += " " + file.path;
  return text;
}

TEST(Guards, HoldAndLetGo) {
  for (const Case& one : cases()) {
    const std::optional<std::string> held = answer(one);
    if (std::string_view(one.held).empty()) {
      EXPECT_FALSE(held) << named(one) << ": " << *held;
    } else {
      EXPECT_TRUE(held && held->find(one.held) != std::string::npos)
          << named(one) << ": '" << held.value_or("lets it go") << "', and not '" << one.held << "'";
    }
  }
}

// "not-imported" is answered by make_plan, and has its cases in make_plan_test.cc.
TEST(Guards, EachHasCasesOfBothKinds) {
  std::map<std::string, std::set<bool>> kinds;
  for (const Case& one : cases()) kinds[one.guard].insert(std::string_view(one.held).empty());
  for (const std::string& name : guard_names()) {
    if (name == kNotImported) continue;
    EXPECT_EQ(kinds[name].size(), 2U) << name << ": cases that it holds, and cases that it lets go";
  }
  EXPECT_EQ(kinds.size(), guard_names().size() - 1) << "cases of a guard that is no more";
}

}  // namespace
}  // namespace slim::test
