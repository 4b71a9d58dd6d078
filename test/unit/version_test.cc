// Versions in the specification's order, and what its clauses accept (examples of the specification itself).
#include "python/version.h"

#include <gtest/gtest.h>

using namespace slim::python;

namespace {

Version version(const char* text) {
  const auto parsed = parse_version(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Version{});
}

}  // namespace

TEST(Version, OrderIsTheSpecifications) {
  const char* ascending[] = {"1.dev0",
                             "1.0.dev456",
                             "1.0a1",
                             "1.0a2.dev456",
                             "1.0a12.dev456",
                             "1.0a12",
                             "1.0b1.dev456",
                             "1.0b2",
                             "1.0b2.post345.dev456",
                             "1.0b2.post345",
                             "1.0rc1.dev456",
                             "1.0rc1",
                             "1.0",
                             "1.0+abc.5",
                             "1.0+abc.7",
                             "1.0+5",
                             "1.0.post456.dev34",
                             "1.0.post456",
                             "1.0.15",
                             "1.1.dev1",
                             "2!0.1"};
  for (std::size_t i = 0; i + 1 < std::size(ascending); ++i)
    EXPECT_LT(version(ascending[i]), version(ascending[i + 1])) << ascending[i] << " " << ascending[i + 1];
}

TEST(Version, SpellingsOfOneVersionAreEqual) {
  EXPECT_EQ(version("1.0"), version("v1.0.0"));
  EXPECT_EQ(version("1.1RC1"), version("1.1-c.1"));
  EXPECT_EQ(version("1.0-1"), version("1.0.post1"));
  EXPECT_EQ(version("1.0alpha"), version("1.0a0"));
  EXPECT_EQ(version("1.0+Ubuntu-1"), version("1.0+ubuntu.1"));
  for (const char* none : {"", "x", "1.", "1..0", "1.0+", "1.0 2", "french toast", "1.9999999999999999999"})
    EXPECT_FALSE(parse_version(none)) << none;
}

TEST(Version, ClausesAcceptWhatTheSpecificationSays) {
  struct Case {
    const char* op;
    const char* bound;
    const char* version;
    Truth expected;
  };
  const Case cases[] = {
      {"~=", "2.2", "2.9", Truth::yes},
      {"~=", "2.2", "3.0", Truth::no},
      {"~=", "1.4.5a4", "1.4.6", Truth::yes},
      {"~=", "1.4.5", "1.5.0", Truth::no},
      {"~=", "2", "2.1", Truth::unknown},
      {"==", "1.1", "1.1.0", Truth::yes},
      {"==", "1.1", "1.1.post1", Truth::no},
      {"==", "1.1.*", "1.1.post1", Truth::yes},
      {"==", "1.1.*", "1.1a1", Truth::yes},
      {"==", "1.1.0.*", "1.1", Truth::yes},
      {"==", "1.1.*", "1.11", Truth::no},
      {"==", "2.3", "2.3+cpu", Truth::yes},
      {"==", "2.3+cpu", "2.3", Truth::no},
      {"!=", "1.1.*", "1.1.4", Truth::no},
      {">", "1.7", "1.7.0.post1", Truth::no},
      {">", "1.7", "1.7.1", Truth::yes},
      {">", "1.7.post2", "1.7.post3", Truth::yes},
      {">", "1.7", "1.7+local", Truth::no},
      {"<", "3.1", "3.1.dev0", Truth::no},
      {"<", "3.1rc2", "3.1rc1", Truth::yes},
      {"<=", "1.0", "1.0+x", Truth::yes},
      {">=", "1!0.1", "5", Truth::no},
      {"===", "foobar", "FooBar", Truth::yes},
      {">=", "much", "1", Truth::unknown},
  };
  for (const Case& each : cases)
    EXPECT_EQ(accepts({each.op, each.bound}, each.version), each.expected)
        << each.version << " " << each.op << " " << each.bound;
}
