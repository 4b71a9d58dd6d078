// "Did you mean" names what was meant, or nothing.
#include "util/suggest.h"

#include <gtest/gtest.h>

namespace slim {
namespace {

const std::vector<std::string> kServices = {"cognito-identity", "cognito-idp", "dynamodb", "ec2", "s3",
                                            "secretsmanager",   "ses"};

TEST(Suggest, TheNearestSpelling) {
  EXPECT_EQ(nearest_name("s33", kServices), "s3");
  EXPECT_EQ(nearest_name("dinamodb", kServices), "dynamodb");
  EXPECT_EQ(nearest_name("route53", kServices), "");
}

TEST(Suggest, CaseAndSeparatorsHardlyCount) {
  EXPECT_EQ(nearest_name("DynamoDB", kServices), "dynamodb");
  EXPECT_EQ(nearest_name("Secrets-Manager", kServices), "secretsmanager");
  EXPECT_EQ(nearest_name("SECRETS_MANAGER", kServices), "secretsmanager");
}

TEST(Suggest, WhereNoneIsNearTheShortestThatBeginsSo) {
  EXPECT_EQ(nearest_name("cognito", kServices), "cognito-idp");
}

TEST(Suggest, HostileNamesCostNothing) {
  EXPECT_EQ(nearest_name(std::string(1'000'000, 'a'), {std::string(1'000'000, 'b')}), "");
  EXPECT_EQ(nearest_name("", {}), "");
}

}  // namespace
}  // namespace slim
