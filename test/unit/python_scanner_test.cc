// What the import scanner reads from snippets as they stand in real packages.
#include "python/scanner.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace slim::python {
namespace {

// "from ..a.b import c" for a from-import, "import a.b" for a plain one; then where it stands.
std::string shown(const SourceFacts& facts, const Import& found) {
  std::string text = found.is_from ? "from " : "import ";
  text += std::string(found.level, '.');
  text += facts.text(found.module);
  if (found.is_from) text += " import " + std::string(facts.text(found.name));
  if ((found.nesting & in_function) != 0) text += " [function]";
  if ((found.nesting & in_class) != 0) text += " [class]";
  if ((found.nesting & in_try) != 0) text += " [try]";
  if ((found.nesting & in_type_checking) != 0) text += " [types]";
  return text;
}

std::string imports_of(std::string_view source) {
  const SourceFacts facts = scan_source(source);
  EXPECT_FALSE(facts.damaged) << source;
  std::string all;
  for (const Import& found : facts.imports) all += (all.empty() ? "" : "; ") + shown(facts, found);
  return all;
}

bool has_string(const SourceFacts& facts, std::string_view text, unsigned flags = 0) {
  for (const NamedString& found : facts.strings) {
    if (facts.text(found.text) == text && (found.flags & flags) == flags) return true;
  }
  return false;
}

TEST(PythonImports, APlainImportNamesEachModule) {
  EXPECT_EQ(imports_of("import os.path as p, sys\n"), "import os.path; import sys");
}

TEST(PythonImports, AFromImportNamesEachNameInParentheses) {
  EXPECT_EQ(imports_of("from numpy.linalg import (  # noqa\n    norm as n,\n    solve,\n)\n"),
            "from numpy.linalg import norm; from numpy.linalg import solve");
}

TEST(PythonImports, RelativeImportsKeepTheirDots) {
  EXPECT_EQ(imports_of("from . import a\nfrom ...b.c import d\nfrom .... import *\n"),
            "from . import a; from ...b.c import d; from .... import *");
}

TEST(PythonImports, DotsMayHaveBlanksAroundThem) {
  EXPECT_EQ(imports_of("from . . a . b import c\nimport a . \\\n b\n"), "from ..a.b import c; import a.b");
}

TEST(PythonImports, SemicolonsSeparateStatements) {
  EXPECT_EQ(imports_of("import a; import b; x = 1; from c import d\n"),
            "import a; import b; from c import d");
}

TEST(PythonImports, AFunctionsImportsStandInIt) {
  EXPECT_EQ(imports_of("def f():\n    import a\n    if x:\n        import b\nimport c\n"),
            "import a [function]; import b [function]; import c");
}

TEST(PythonImports, AMethodStandsInItsClassAndInItself) {
  EXPECT_EQ(imports_of("class C:\n  import a\n  async def f(self): import b\n"),
            "import a [class]; import b [function] [class]");
}

TEST(PythonImports, TypeCheckingCoversItsBodyAndNotItsElse) {
  EXPECT_EQ(imports_of("if typing.TYPE_CHECKING:\n    import a\nelse:\n    import b\n"),
            "import a [types]; import b");
}

TEST(PythonImports, TypeCheckingWithMoreInItsConditionMayRun) {
  EXPECT_EQ(imports_of("if TYPE_CHECKING or x:\n    import a\nif not TYPE_CHECKING:\n    import b\n"),
            "import a; import b");
}

TEST(PythonImports, ATryCoversItsBodyAndNotItsHandlers) {
  EXPECT_EQ(imports_of("try:\n  import a\nexcept ImportError:\n  import b\nelse:\n  import c\n"),
            "import a [try]; import b; import c");
}

TEST(PythonImports, YieldFromAndRaiseFromImportNothing) {
  EXPECT_EQ(imports_of("def f():\n  yield from x\n  raise A from b\n"), "");
}

TEST(PythonImports, StringsAndCommentsImportNothing) {
  EXPECT_EQ(imports_of("'''\nimport a\n'''\n# import b\nx = '\\\nimport c'\n"), "");
}

TEST(PythonImports, ALambdasColonBeginsNoStatement) {
  EXPECT_EQ(imports_of("f = lambda: x\nif (lambda: y)(): import a\n"), "import a");
}

TEST(PythonImports, AnnotationsAndSlicesBeginNoStatement) {
  EXPECT_EQ(imports_of("x: int = y[1:2]\nmatch: dict = {a: b}\nimport c\n"), "import c");
}

TEST(PythonImports, NestedFStringsOf312EndWhereTheyEnd) {
  EXPECT_EQ(imports_of("x = f'{f\"{'a' + f'{b}'}\"}'\nimport c\ny = f'{z:{w}}{{'\nimport d\n"),
            "import c; import d");
}

TEST(PythonImports, AnFStringsExpressionMayRunOverLines) {
  EXPECT_EQ(imports_of("x = f'''{\n  a  # }\n}'''\nimport b\n"), "import b");
}

TEST(PythonImports, TemplateStringsOf314AreRead) {
  EXPECT_EQ(imports_of("x = t'{a}'\nimport b\n"), "import b");
}

TEST(PythonImports, Python2StatementsAreRead) {
  EXPECT_EQ(imports_of("print >>sys.stderr, 'x' % `y`\nexec code in d\nif a <> 0777L: import b\n"),
            "import b");
}

TEST(PythonImports, Python2PrintAndRaiseDontHideWhatFollows) {
  EXPECT_EQ(imports_of("try:\n  print 'a'\n  import b\nexcept E, e:\n  raise E, 'x'\nimport c\n"),
            "import b [try]; import c");
}

TEST(PythonImports, AByteOrderMarkIsNoText) { EXPECT_EQ(imports_of("\xEF\xBB\xBFimport a\n"), "import a"); }

TEST(PythonImports, Latin1BytesAreLetters) {
  EXPECT_EQ(imports_of("# -*- coding: latin-1 -*-\nx = '\xE9'\nimport a\n"), "import a");
}

TEST(PythonImports, AShiftJisBackslashIsHalfALetter) {
  EXPECT_EQ(imports_of("# coding: shift_jis\nx = '\x83\x5C'\nimport a\n"), "import a");
}

TEST(PythonImports, FormFeedsStartTheColumnAnew) {
  EXPECT_EQ(imports_of("def f():\n  import a\n\f\nimport b\n  \fimport c\n"),
            "import a [function]; import b; import c");
}

TEST(PythonImports, ABackslashJoinsLines) {
  EXPECT_EQ(imports_of("from a \\\n  import \\\n  b\nif x and \\\n  y: import c\n"),
            "from a import b; import c");
}

TEST(PythonImports, EveryKindOfLineEndCounts) {
  const SourceFacts facts = scan_source("x\r\ny\rimport a\n");
  ASSERT_EQ(facts.imports.size(), 1U);
  EXPECT_EQ(facts.imports[0].line, 3U);
}

TEST(PythonImports, AnUnclosedBracketDoesntSwallowTheFile) {
  const SourceFacts facts = scan_source("x = (1,\nimport a\n");
  EXPECT_TRUE(facts.damaged);
  ASSERT_EQ(facts.imports.size(), 1U);
  EXPECT_EQ(facts.text(facts.imports[0].module), "a");
}

TEST(PythonImports, Utf16CantBeRead) { EXPECT_TRUE(scan_source("\xFF\xFEi\0m\0").unknown_encoding); }

// The only dynamic import of a source.
struct Dynamic {
  DynamicImport import;
  std::string name;
  std::string package;
};
Dynamic dynamic_of(std::string_view source) {
  const SourceFacts facts = scan_source(source);
  EXPECT_EQ(facts.dynamic_imports.size(), 1U) << source;
  if (facts.dynamic_imports.empty()) return {};
  const DynamicImport& found = facts.dynamic_imports[0];
  return {found, std::string(facts.text(found.name)), std::string(facts.text(found.package))};
}

TEST(PythonDynamicImports, ALiteralIsKnown) {
  const Dynamic found = dynamic_of("m = importlib.import_module('a.b')\n");
  EXPECT_EQ(found.import.form, DynamicImport::Form::literal);
  EXPECT_EQ(found.name, "a.b");
}

TEST(PythonDynamicImports, ARelativeLiteralNamesItsPackage) {
  const Dynamic found = dynamic_of("import_module('..b', package='a.c')\n");
  EXPECT_TRUE(found.import.relative);
  EXPECT_EQ(found.name, "..b");
  EXPECT_EQ(found.package, "a.c");
}

TEST(PythonDynamicImports, AnFStringsBeginningIsAPrefix) {
  const Dynamic found = dynamic_of("import_module(f'a.drivers.{name}')\n");
  EXPECT_EQ(found.import.form, DynamicImport::Form::prefix);
  EXPECT_EQ(found.name, "a.drivers.");
}

TEST(PythonDynamicImports, PercentAndFormatCutThePrefix) {
  EXPECT_EQ(dynamic_of("__import__('a.b_%s' % x)\n").name, "a.b_");
  EXPECT_EQ(dynamic_of("import_module('a.{}.c'.format(x))\n").name, "a.");
  EXPECT_EQ(dynamic_of("import_module('a.' + x)\n").name, "a.");
}

TEST(PythonDynamicImports, OwnNameInAnFString) {
  const Dynamic found = dynamic_of("import_module(f\"{__name__}.x\")\n");
  EXPECT_TRUE(found.import.of_own_name);
  EXPECT_EQ(found.import.form, DynamicImport::Form::literal);
  EXPECT_EQ(found.name, ".x");
}

TEST(PythonDynamicImports, OwnNameWithAPlus) {
  const Dynamic found = dynamic_of("import_module(__package__ + '.' + x)\n");
  EXPECT_TRUE(found.import.of_own_name);
  EXPECT_EQ(found.import.form, DynamicImport::Form::prefix);
  EXPECT_EQ(found.name, ".");
}

TEST(PythonDynamicImports, AVariableIsUnknown) {
  EXPECT_EQ(dynamic_of("import_module(name)\n").import.form, DynamicImport::Form::unknown);
}

TEST(PythonDynamicImports, DefiningIsNotCalling) {
  EXPECT_TRUE(scan_source("def import_module(name): pass\n").dynamic_imports.empty());
}

TEST(PythonFacts, GetattrOfAModuleIsLazy) {
  EXPECT_EQ(scan_source("x = 1\ndef __getattr__(name):\n  pass\n").lazy_getattr, 2U);
  EXPECT_EQ(scan_source("class C:\n  def __getattr__(self, name):\n    pass\n").lazy_getattr, 0U);
}

TEST(PythonFacts, LazyTablesAreStrings) {
  const SourceFacts facts = scan_source("_MAP = {'Name': '.sub.mod', 'b': ('pkg.c', 'd')}\n");
  EXPECT_TRUE(has_string(facts, ".sub.mod"));
  EXPECT_TRUE(has_string(facts, "pkg.c"));
}

TEST(PythonFacts, AttachStubIsSeenThroughItsModule) {
  EXPECT_EQ(
      scan_source("import lazy_loader as l\nx, y, z = l.attach_stub(__name__, __file__)\n").attaches_stub,
      2U);
}

TEST(PythonFacts, DocstringsNameNothing) {
  EXPECT_FALSE(has_string(scan_source("'tests'\ndef f():\n  'data'\n"), "tests"));
}

TEST(PythonFacts, PathsAreMarked) {
  const SourceFacts facts =
      scan_source("p = os.path.join(here, 'tests', 'data')\nq = here / 'test' / 'x.csv'\n");
  EXPECT_TRUE(has_string(facts, "tests", NamedString::in_path));
  EXPECT_TRUE(has_string(facts, "data", NamedString::in_path));
  EXPECT_TRUE(has_string(facts, "test", NamedString::in_path));
  EXPECT_TRUE(has_string(facts, "x.csv", NamedString::in_path));
}

TEST(PythonFacts, PiecesOfFStringsArePartial) {
  EXPECT_TRUE(has_string(scan_source("x = f'{a}/tests/{b}'\n"), "/tests/", NamedString::partial));
}

TEST(PythonFacts, AFieldCutsAString) {
  const SourceFacts facts = scan_source("x = 'tests/data/%s.csv' % y\nz = 'pkg.{}'.format(y)\nw = '%s'\n");
  EXPECT_TRUE(has_string(facts, "tests/data/", NamedString::partial));
  EXPECT_TRUE(has_string(facts, "pkg.", NamedString::partial));
  EXPECT_FALSE(has_string(facts, "s"));
}

TEST(PythonFacts, ALongerTextGivesItsDottedNames) {
  const SourceFacts facts = scan_source(
      "exec('x = 1\\nfrom a.b import c, d')\n"
      "y = '%s.tests.%s' % z\nv = '{}.tests.h'.format(z)\nw = '%(p)s.tests.w' % z\nt = 'a.x b.y'.split()\n");
  for (const char* name : {"a.b", "a.b.c", "a.b.d", ".tests.", ".tests.h", ".tests.w", "a.x", "b.y"}) {
    EXPECT_TRUE(has_string(facts, name, NamedString::piece)) << name;
  }
}

TEST(PythonFacts, AnImporterHandedOnMayImportAnything) {
  for (const char* source : {"load = importlib.import_module\n", "map(__import__, names)\n",
                             "from importlib import import_module as im\nf(im)\n"}) {
    const SourceFacts facts = scan_source(source);
    ASSERT_EQ(facts.dynamic_imports.size(), 1U) << source;
    EXPECT_EQ(facts.dynamic_imports[0].form, DynamicImport::Form::unknown);
  }
}

// "what:text" of each question to the metadata, '?' for an unknown name.
std::string metadata_of(std::string_view source) {
  const SourceFacts facts = scan_source(source);
  std::string all;
  for (const MetadataUse& use : facts.metadata) {
    if (!all.empty()) all += "; ";
    all += use.what == MetadataUse::What::distribution   ? "distribution:"
           : use.what == MetadataUse::What::entry_points ? "entry_points:"
                                                         : "anything:";
    all += use.of_own_name ? "own" : use.is_literal ? std::string(facts.text(use.text)) : "?";
  }
  return all;
}

TEST(PythonMetadata, AVersionIsAskedOfOneDistribution) {
  EXPECT_EQ(metadata_of("from importlib.metadata import version as v\nx = v('httpx2')\n"),
            "distribution:httpx2");
  EXPECT_EQ(metadata_of("import importlib.metadata\nimportlib.metadata.version('a')\n"), "distribution:a");
  EXPECT_EQ(metadata_of("import importlib_metadata as m\nm.distribution(distribution_name='a')\n"),
            "distribution:a");
}

TEST(PythonMetadata, OwnNameMayBeAsked) {
  EXPECT_EQ(metadata_of("from importlib import metadata\nmetadata.version(__package__)\n"),
            "distribution:own");
}

TEST(PythonMetadata, AVariableIsUnknown) {
  EXPECT_EQ(metadata_of("from importlib.metadata import version\nversion(name)\n"), "distribution:?");
}

TEST(PythonMetadata, PkgResourcesRequirementsLoseTheirExtras) {
  EXPECT_EQ(metadata_of("import pkg_resources\npkg_resources.require('Flask[async]>=2.0', 'b')\n"),
            "distribution:Flask; distribution:b");
}

TEST(PythonMetadata, EntryPointsAreAskedByGroup) {
  EXPECT_EQ(metadata_of("from importlib.metadata import entry_points\nentry_points(group='a.b')\n"),
            "entry_points:a.b");
}

TEST(PythonMetadata, AFunctionHandedOnMayAskAnything) {
  EXPECT_EQ(metadata_of("from importlib.metadata import version\nx = map(version, names)\n"), "anything:?");
}

TEST(PythonMetadata, OtherFunctionsOfThatNameAskNothing) {
  EXPECT_EQ(metadata_of("from platform import version\nversion('x')\nself.metadata('y')\n"), "");
}

TEST(PythonServices, AClientNamesItsService) {
  const SourceFacts facts =
      scan_source("import boto3\ns3 = boto3.client(\"s3\")\nx = session.resource(service_name=y)\n");
  EXPECT_TRUE(facts.mentions_boto);
  ASSERT_EQ(facts.services.size(), 2U);
  EXPECT_EQ(facts.text(facts.services[0].service), "s3");
  EXPECT_EQ(facts.text(facts.services[0].receiver), "boto3");
  EXPECT_FALSE(facts.services[1].is_literal);
}

}  // namespace
}  // namespace slim::python
