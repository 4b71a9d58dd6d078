// Requires-Dist lines are taken apart, and their markers hold, don't, or can't be told.
#include "python/requirement.h"

#include <gtest/gtest.h>

using namespace slim::python;

TEST(Requirement, PartsAreToldApart) {
  const auto plain = parse_requirement("PySocks!=1.5.7,>=1.5.6; extra == \"socks\"");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->name, "PySocks");
  EXPECT_EQ(text_of(plain->specifiers), "!=1.5.7,>=1.5.6");
  EXPECT_EQ(plain->marker, "extra == \"socks\"");
  const auto old = parse_requirement("six (>=1.5) ; python_version < '3'");
  ASSERT_TRUE(old);
  EXPECT_EQ(text_of(old->specifiers), ">=1.5");
  const auto extras = parse_requirement("coverage[toml, x] >= 5");
  ASSERT_TRUE(extras);
  EXPECT_EQ(extras->extras, (std::vector<std::string>{"toml", "x"}));
  const auto url = parse_requirement("x @ https://e.org/x;y.whl ; os_name == 'nt'");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->url, "https://e.org/x;y.whl");
  EXPECT_EQ(url->marker, "os_name == 'nt'");
  for (const char* none : {"", "; x", "a b", "a >", "a[x", "a 1.0"})
    EXPECT_FALSE(parse_requirement(none)) << none;
}

TEST(Requirement, MarkersAreEvaluated) {
  const MarkerEnvironment linux = {
      {"python_version", "3.12"}, {"sys_platform", "linux"}, {"os_name", "posix"}};
  struct Case {
    const char* marker;
    Truth expected;
  };
  const Case cases[] = {
      {"python_version >= '3.9'", Truth::yes},  // by version, not by text
      {"'3.9' <= python_version", Truth::yes},
      {"python_version < '3.9' or sys_platform == 'linux' and os_name != 'nt'", Truth::yes},
      {"(python_version < '3.9' or sys_platform == 'linux') and os_name == 'nt'", Truth::no},
      {"extra == 'socks'", Truth::no},
      {"platform_machine == 'x86_64'", Truth::unknown},
      {"platform_machine == 'x86_64' and os_name == 'nt'", Truth::no},
      {"platform_machine == 'x86_64' or os_name == 'posix'", Truth::yes},
      {"python_version in '3.11, 3.12'", Truth::yes},
      {"sys_platform not in 'linux linux2'", Truth::no},
      {"sys.platform == 'linux'", Truth::yes},
      {"python_version >=", Truth::unknown},
      {"os_name == 'posix' garbage", Truth::unknown},
  };
  for (const Case& each : cases) EXPECT_EQ(evaluate_marker(each.marker, linux), each.expected) << each.marker;
  EXPECT_EQ(evaluate_marker("extra == 'Foo_Bar'", {{"extra", "foo-bar"}}), Truth::yes);
  EXPECT_EQ(evaluate_marker(std::string(100000, '('), linux), Truth::unknown);
}

TEST(Requirement, TheRefusingClauseIsNamed) {
  const auto requirement = parse_requirement("pydantic-core>=2,==2.23.2");
  ASSERT_TRUE(requirement);
  EXPECT_EQ(refusing(*requirement, "2.23.2"), nullptr);
  const Specifier* clause = refusing(*requirement, "2.27.0");
  ASSERT_NE(clause, nullptr);
  EXPECT_TRUE(clause->is_pin());
  EXPECT_FALSE(refusing(*requirement, "1.0")->is_pin());
  EXPECT_EQ(refusing(*requirement, "no version"), nullptr);
}
