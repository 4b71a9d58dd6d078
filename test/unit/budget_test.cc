// Sizes and growths as people write them become bytes; what is none is told in one sentence.
#include "model/budget.h"

#include <gtest/gtest.h>

namespace slim {
namespace {

TEST(Budget, SizesHaveDecimalAndBinaryUnits) {
  EXPECT_EQ(parse_size("52428800").value(), 52'428'800U);
  EXPECT_EQ(parse_size("20MB").value(), 20'000'000U);
  EXPECT_EQ(parse_size("1.5 MiB").value(), 1'572'864U);
  EXPECT_EQ(parse_size("800kB").value(), 800'000U);
  EXPECT_EQ(parse_size("0").value(), 0U);
  for (const char* wrong :
       {"", "MB", "-1", "20 bananas", "1e9", "nan", "inf", "99999999999999999999", "20MB5"})
    EXPECT_FALSE(parse_size(wrong)) << wrong;
}

TEST(Budget, NamesComeBeforeTheLastEqualsSign) {
  const Budget budget = parse_budget("@scope/a=b=40MB", true).value();
  EXPECT_EQ(budget.name, "@scope/a=b");
  EXPECT_EQ(budget.bytes, 40'000'000U);
  EXPECT_FALSE(parse_budget("20MB", true));
  EXPECT_FALSE(parse_budget("=20MB", true));
}

TEST(Budget, AllowancesAreSharesOrBytes) {
  EXPECT_EQ(parse_allowance("1%").value().above(1000), 1010U);
  EXPECT_EQ(parse_allowance("0.5 %").value().above(1000), 1005U);
  EXPECT_EQ(parse_allowance("2kB").value().above(1000), 3000U);
  EXPECT_EQ(parse_allowance("0").value().above(1000), 1000U);
  EXPECT_FALSE(parse_allowance("-1%"));
  EXPECT_FALSE(parse_allowance("much"));
}

}  // namespace
}  // namespace slim
