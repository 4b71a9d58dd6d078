// Python that is newer than the scanner: whatever word comes before an import, the import is seen.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "python/scanner.h"

namespace slim::python {
namespace {

std::vector<std::string> imports_of(const SourceFacts& facts) {
  std::vector<std::string> all;
  for (const Import& found : facts.imports) {
    const std::string dots(found.level, '.');
    all.push_back(dots + std::string(facts.text(found.module)) + ":" + std::string(facts.text(found.name)));
  }
  return all;
}

struct Sample {
  std::string statement;  // of imports
  std::vector<std::string> expected;
};

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = {
      {"import a.b", {"a.b:"}},
      {"import a.b as c, d", {"a.b:", "d:"}},
      {"import \\\n a.b", {"a.b:"}},
      {"from a.b import c", {"a.b:c"}},
      {"from a import (b,  # from x import y\n  c as d,\n)", {"a:b", "a:c"}},
      {"from . import b", {".:b"}},
      {"from ..a import b, c", {"..a:b", "..a:c"}},
      {"from \\\n .a . b \\\n import c", {".a.b:c"}},
      {"from a import *", {"a:*"}},
  };
  return all;
}

// With "@" where a statement may stand.
const std::vector<std::string>& positions() {
  static const std::vector<std::string> all = {
      "@\n",
      "x = 1; @\n",
      "x = [1,\n 2]; @; y = 2\n",
      "'''from x import y'''\n@\n",
      "if x: @\n",
      "if x:\n  @\n",
      "class C:\n  def f(self):\n    @\n    return 1\n",
      "try:\n\t@\nexcept E: pass\n",
      "match x:\n  case [1, *_]: @\n",
      "f = lambda y: y; @\n",
      "x = yield from z; @\n",
      "raise A from b\n@\n",
      "@ # import z\n",
      "with a as b, \\\n  c as d:\n  @",
      "f'{x:{y}}'; @\n",
      "async def f(): @\n",
  };
  return all;
}

// What versions to come may put before an import.
std::string unknown_words(std::mt19937& random) {
  const std::vector<std::string> words = {
      "lazy",   "defer",     "soft",      "eager",          "type",       "static",
      "x_1",    "h\xC3\xA9", "@deferred", "lazy(policy=1)", "soft[a, b]", "\"text\"",
      "defer!", "a.b",       "await",     "async",          "-> x"};
  std::string text;
  for (auto count = 1 + random() % 3; count > 0; --count) {
    text += words[random() % words.size()];
    text += random() % 4 == 0 ? " \\\n " : " ";
  }
  return text;
}

std::string placed(const std::string& position, const std::string& statement) {
  std::string text = position;
  return text.replace(text.rfind('@'), 1, statement);
}

TEST(NewerSyntax, AnImportIsSeenBehindAnyWordsAnywhere) {
  std::mt19937 random(20261125);
  for (int round = 0; round < 40; ++round) {
    for (const std::string& position : positions()) {
      for (const Sample& sample : samples()) {
        const std::string words = unknown_words(random);
        const std::string source = placed(position, words + sample.statement);
        EXPECT_EQ(imports_of(scan_source(source)), sample.expected) << source;
      }
    }
  }
}

TEST(NewerSyntax, LazyImportsAreUnderstood) {
  for (const std::string& position : positions()) {
    for (const Sample& sample : samples()) {
      const std::string source = placed(position, "lazy " + sample.statement);
      const SourceFacts facts = scan_source(source);
      EXPECT_EQ(imports_of(facts), sample.expected) << source;
      EXPECT_FALSE(facts.damaged) << source;
    }
  }
}

TEST(NewerSyntax, LazyIsANameWhereNoImportFollows) {
  const SourceFacts facts =
      scan_source("lazy = 1\nlazy.load(x)\nlazy: int = 2\nfor lazy in y: pass\nprint(lazy)\n");
  EXPECT_TRUE(facts.imports.empty());
  EXPECT_FALSE(facts.damaged);
}

TEST(NewerSyntax, AStatementThatIsNotUnderstoodIsSaidToBe) {
  for (const std::string_view source :
       {"defer import a\n", "import a lazily\n", "import a.b, (c, d)\n", "import 'a.b'\n", "import! a\n",
        "from a lazily import b\n", "from a import b c\n", "from a import b.c\n", "from a import {b}\n",
        "from 'a' import b\n", "from a\n", "x = d'a'\n", "x = df'''{a['b']}'''\n", "x ?? y\n", "x = $a\n",
        "lazy lazy import a\n", "from a import\n"}) {
    EXPECT_TRUE(scan_source(source).damaged) << source;
  }
}

TEST(NewerSyntax, AnUnknownFormatStringEndsWhereItsQuoteDoes) {
  // Read as a plain string it would end within the braces, and the last quotes would hide the import.
  EXPECT_EQ(imports_of(scan_source("x = df'''{a[\"'''\"]}\n'''\nimport c\n")),
            std::vector<std::string>{"c:"});
}

TEST(NewerSyntax, KeywordsBeforeAQuoteAreNoPrefixes) {
  EXPECT_FALSE(scan_source("print'a'\nif'a'in'b'and not'c'or'd':x = 1 if'e'else'f'\nassert'g'\n").damaged);
}

TEST(NewerSyntax, AFromImportIsReadPastABracketThatWasLeftOpen) {
  const SourceFacts facts = scan_source("x = f(\nfrom a.b import c\nimport d\n");
  EXPECT_TRUE(facts.damaged);
  EXPECT_EQ(imports_of(facts), (std::vector<std::string>{"a.b:c", "d:"}));
}

TEST(NewerSyntax, LazyImportsByNameAreDynamicImports) {
  const SourceFacts facts = scan_source("x = __lazy_import__('a.b')\n");
  ASSERT_EQ(facts.dynamic_imports.size(), 1U);
  EXPECT_EQ(facts.text(facts.dynamic_imports[0].name), "a.b");
}

TEST(NewerSyntax, AMillionImportsInOneStatementTakeNoStack) {
  std::string source;
  for (int i = 0; i < 1'000'000; ++i) source += "import a ";
  EXPECT_EQ(scan_source(source).imports.size(), 1'000'000U);
}

}  // namespace
}  // namespace slim::python
