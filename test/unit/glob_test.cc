// Globs: what '*', '**', sets and braces match, what is refused, and that no pattern takes exponential time.
#include "util/glob.h"

#include <gtest/gtest.h>

namespace slim {
namespace {

bool matches(const std::string& pattern, const std::string& path) {
  const Result<Glob> glob = Glob::compile(pattern);
  EXPECT_TRUE(glob) << pattern;
  return glob && glob->matches(path);
}

TEST(Glob, AStarStopsAtASlashAndTwoDoNot) {
  EXPECT_TRUE(matches("a/*/c", "a/b/c"));
  EXPECT_FALSE(matches("a/*/c", "a/b/b/c"));
  EXPECT_TRUE(matches("a/**/c", "a/b/b/c"));
  EXPECT_TRUE(matches("a/**/c", "a/c"));
  EXPECT_FALSE(matches("a/**/c", "a/xc"));
  EXPECT_TRUE(matches("a/**", "a/b/c"));
  EXPECT_FALSE(matches("a/**", "b/a/c"));
  EXPECT_TRUE(matches("**/c", "c"));
  EXPECT_TRUE(matches("**/a*z/c", "x/abz/y/aaz/c"));
  EXPECT_FALSE(matches("**/tests/**", "a/mytests/b"));
  EXPECT_TRUE(matches("**/tests/**", "a/tests/b"));
}

TEST(Glob, WithoutASlashTheLastComponentIsMeant) {
  EXPECT_TRUE(matches("*.pyc", "a/b/c.pyc"));
  EXPECT_FALSE(matches("b", "a/b/c"));
  EXPECT_TRUE(matches("?.py", "a/b.py"));
  EXPECT_FALSE(matches("?.py", "a/bb.py"));
}

TEST(Glob, SetsAndBraces) {
  EXPECT_TRUE(matches("x.[ch]", "x.c"));
  EXPECT_FALSE(matches("x.[!ch]", "x.c"));
  EXPECT_TRUE(matches("x[0-9]", "x7"));
  EXPECT_FALSE(matches("a[!b]c", "a/c"));
  EXPECT_TRUE(matches("*.{py,so}{,.1}", "a.so.1"));
  EXPECT_TRUE(matches("{a,b/{c,d}}/e", "b/d/e"));
  EXPECT_FALSE(matches("{a,b/{c,d}}/e", "b/e"));
  EXPECT_TRUE(matches("[]]", "]"));
  EXPECT_TRUE(matches("[!]x]", "a"));
  EXPECT_TRUE(matches("a[]bcd]/**/e?f[xyz]", "ab/egfz"));
  EXPECT_FALSE(matches("a[]bcd]/**/e?f[xyz]", "ab/egf"));
}

TEST(Glob, ARangeOfBytesIsTheSameOnEveryProcessor) {
  EXPECT_TRUE(matches("x[a-\xff]", "x\xe9"));
  EXPECT_FALSE(matches("x[!\x01-\xff]", "x\xe9"));
  EXPECT_FALSE(matches("x[\xf0-a]", "xB"));
}

TEST(Glob, RefusesWhatIsNotClosed) {
  EXPECT_FALSE(Glob::compile("a[bc"));
  EXPECT_FALSE(Glob::compile("{a,b"));
  EXPECT_FALSE(Glob::compile(""));
  EXPECT_FALSE(Glob::compile("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"));
}

TEST(Glob, HostilePatternsEnd) {
  EXPECT_FALSE(matches("a*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
  EXPECT_FALSE(matches("**a**a**a**a**a**a**b", std::string(5000, 'a')));
}

}  // namespace
}  // namespace slim
