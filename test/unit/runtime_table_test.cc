// The table of runtimes that is compiled in can be read, and says what slim rests on.
#include <gtest/gtest.h>

#include "model/runtime.h"

namespace slim {
namespace {

TEST(RuntimeTable, KnowsTheSystemsBelowItsRuntimes) {
  const RuntimeTable& table = runtime_table();
  EXPECT_GE(table.runtimes.size(), 40U);
  ASSERT_NE(table.find("python3.11"), nullptr);
  EXPECT_EQ(table.find("python3.11")->system.glibc, "2.26");
  EXPECT_EQ(table.find("python3.12")->system.glibc, "2.34");
  EXPECT_EQ(table.find("python3.12")->python, (PythonVersion{3, 12}));
  EXPECT_EQ(table.find("java17.al2023")->system.id, "al2023");
  EXPECT_EQ(table.find("java17")->system.id, "al2");
  EXPECT_EQ(table.find("python2.7")->architectures, std::vector{Arch::x86_64});
  EXPECT_EQ(table.find("cobol85"), nullptr);
}

TEST(RuntimeTable, IsRefusedWithThePlaceOfTheFault) {
  const auto table = parse_runtime_table("[[runtime]]\nid = \"x\"\nsystem = \"al9\"\n");
  ASSERT_FALSE(table);
  EXPECT_NE(table.error().what.find("al9"), std::string::npos) << table.error().what;
  EXPECT_NE(table.error().what.find("line 1"), std::string::npos) << table.error().what;
}

TEST(RuntimeTable, VersionsCompareByNumber) {
  EXPECT_TRUE(version_less("2.9", "2.17"));
  EXPECT_FALSE(version_less("2.17", "2.9"));
  EXPECT_FALSE(version_less("2.34", "2.34"));
  EXPECT_TRUE(version_less("3.4", "3.4.29"));
}

}  // namespace
}  // namespace slim
