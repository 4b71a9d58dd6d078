// The table of runtimes that is compiled in can be read, and says what slim rests on.
#include <gtest/gtest.h>

#include <algorithm>

#include "check/check.h"
#include "model/runtime.h"
#include "model/runtime_name.h"

namespace slim {
namespace {

TEST(RuntimeTable, KnowsTheSystemsBelowItsRuntimes) {
  const RuntimeTable& table = runtime_table();
  EXPECT_GE(table.runtimes.size(), 40U);
  ASSERT_NE(table.find("python3.11"), nullptr);
  EXPECT_EQ(table.find("python3.11")->system.glibc, "2.26");
  EXPECT_EQ(table.find("python3.12")->system.glibc, "2.34");
  EXPECT_EQ(table.find("python3.12")->version, (LanguageVersion{3, 12}));
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

TEST(RuntimeTable, OfEachLanguageTheNewestComesLast) {
  const RuntimeTable& table = runtime_table();
  for (const Runtime& runtime : table.runtimes) {
    if (runtime.preview || runtime.language == Language::none) continue;
    const Runtime* newest = table.newest_of(runtime.language);
    ASSERT_NE(newest, nullptr) << runtime.id;
    EXPECT_GE(newest->deprecated, runtime.deprecated) << newest->id << " ends before " << runtime.id;
  }
}

TEST(RuntimeTable, KnowsWhenRuntimesEndAndWhichAreOnlyAnnounced) {
  const Runtime* node = runtime_table().find("nodejs20.x");
  ASSERT_NE(node, nullptr);
  EXPECT_EQ(node->deprecated + " " + node->create_blocked + " " + node->update_blocked,
            "2026-04-30 2027-02-01 2027-03-03");
  for (const char* id : {"python3.15", "nodejs26.x"}) {
    ASSERT_NE(runtime_table().find(id), nullptr) << id;
    EXPECT_TRUE(runtime_table().find(id)->preview) << id;
    EXPECT_FALSE(runtime_table().find(id)->system.is_known()) << id;
  }
}

// What is said depends on the table, and on the day only whether it is said.
TEST(RuntimeTable, DaysAreToldFromTheFirstThatHasCome) {
  Package package;
  Inspection inspection;
  Plan plan;
  const Part part{&package, &inspection, &plan};
  const auto said_on = [&](const char* id, const char* day) -> std::string {
    Target target = target_of({&part, 1}, id, std::nullopt);
    target.today = day;
    std::string said;
    const auto findings = check_deployment({&part, 1}, target);
    for (const Finding& finding : findings.front()) {
      if (finding.id == "runtime-deprecated") said += finding.message;
    }
    return said;
  };
  EXPECT_EQ(said_on("python3.11", "2027-06-29"), "");
  const std::string first_day = said_on("python3.11", "2027-06-30");
  EXPECT_EQ(
      first_day,
      "the runtime python3.11 gets no patches from 2027-06-30 on, no new functions from 2027-07-31 on and no "
      "updates from 2027-08-31 on: move to python3.14");
  EXPECT_EQ(said_on("python3.11", "2031-01-01"), first_day);
  EXPECT_EQ(said_on("python3.11", ""), "");
  EXPECT_NE(said_on("dotnetcore2.0", "2019-05-01").find("no new functions from 2019-04-30"),
            std::string::npos)
      << "a runtime may take no new functions before its patches end";
}

TEST(RuntimeTable, TheNearestRuntimeIsOfTheSameLanguage) {
  EXPECT_EQ(nearest_runtime("ruby4.9"), "ruby4.0");
  EXPECT_EQ(nearest_runtime("ruby5"), "ruby4.0");
  EXPECT_EQ(nearest_runtime("python3.5"), "python3.6");
  EXPECT_EQ(nearest_runtime("python"), "python3.14");
  EXPECT_EQ(nearest_runtime("nodejs26"), "nodejs26.x");
  EXPECT_EQ(nearest_runtime("nodejs99.x"), "nodejs24.x") << "nobody is sent to a preview";
  EXPECT_EQ(nearest_runtime("NODEJS-18.x"), "nodejs18.x");
  EXPECT_EQ(nearest_runtime("java22"), "java21");
  EXPECT_EQ(nearest_runtime("dotnetcore8"), "dotnet8");
  EXPECT_EQ(nearest_runtime("provided.al3"), "provided.al2");
  for (const char* other : {"", "foo", "cobol85", "3.12", "99999999999999999999"})
    EXPECT_EQ(nearest_runtime(other), "") << other;
}

TEST(RuntimeTable, VersionsCompareByNumber) {
  EXPECT_TRUE(version_less("2.9", "2.17"));
  EXPECT_FALSE(version_less("2.17", "2.9"));
  EXPECT_FALSE(version_less("2.34", "2.34"));
  EXPECT_TRUE(version_less("3.4", "3.4.29"));
}

}  // namespace
}  // namespace slim
