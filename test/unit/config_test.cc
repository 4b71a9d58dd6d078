// slim.toml becomes values as if they were typed: by layers, each remembering where it stands.
#include "cli/config.h"

#include <gtest/gtest.h>

namespace slim {
namespace {

std::string words(const Values& values, const std::string& name) {
  std::string out;
  for (const std::string& text : values.texts(name)) out += (out.empty() ? "" : " ") + text;
  return out;
}

Values typed(std::initializer_list<std::pair<const char*, const char*>> flags) {
  Values values;
  for (const auto& [name, text] : flags) values.add(name, {text, "--" + std::string(name), ""});
  return values;
}

TEST(Config, ValuesRememberWhereTheyStand) {
  const Result<Config> config =
      parse_config("\nlevel = 9\n[[keep]]\npath = 'a'\nreason = 'r'\n", "x/slim.toml", nullptr, true);
  ASSERT_TRUE(config) << config.error().what;
  EXPECT_EQ(config->values.one("level")->text, "9");
  EXPECT_EQ(config->values.one("level")->from, "x/slim.toml: line 2, column 9: level");
  EXPECT_EQ(config->values.one("keep")->reason, "r");
  EXPECT_EQ(config->use.path, "x/slim.toml");
}

TEST(Config, WhatIsOneValueIsReplacedAndListsAddUp) {
  const Values values = laid_over(typed({{"strip", "none"}, {"keep", "a"}, {"services", "s3"}}),
                                  typed({{"strip", "debug"}, {"keep", "b"}, {"output", "x.zip"}}));
  EXPECT_EQ(words(values, "strip"), "debug");
  EXPECT_EQ(words(values, "keep"), "a b");
  EXPECT_EQ(words(values, "services"), "s3");
  EXPECT_EQ(words(values, "output"), "x.zip");
}

TEST(Config, TurningOnAboveTakesBackTurningOffBelow) {
  const Values below = typed({{"disable", "a"}, {"disable", "b"}, {"enable", "c"}});
  const Values values = laid_over(below, typed({{"enable", "a"}, {"disable", "c"}}));
  EXPECT_EQ(words(values, "disable"), "b c");
  EXPECT_EQ(words(values, "enable"), "a");
}

TEST(Config, ABudgetReplacesTheOneOfItsName) {
  const Values values =
      laid_over(typed({{"budget", "zip=1MB"}, {"budget", "a=1MB"}, {"warn-budget", "zip=5kB"}}),
                typed({{"budget", "zip=2MB"}}));
  EXPECT_EQ(words(values, "budget"), "a=1MB zip=2MB");
  EXPECT_EQ(words(values, "warn-budget"), "zip=5kB");
}

TEST(Config, AProfileIsLaidOverTheTopLevel) {
  const char* text =
      "level = 9\ndisable = ['a']\n[profile.layer]\nlevel = 1\nenable = ['a']\n[profile.other]\nlevel = 2\n";
  const Given layer{"layer", "--profile", ""};
  const Result<Config> config = parse_config(text, "slim.toml", &layer, true);
  ASSERT_TRUE(config) << config.error().what;
  EXPECT_EQ(words(config->values, "level"), "1");
  EXPECT_EQ(words(config->values, "enable"), "a");
  EXPECT_EQ(words(config->values, "disable"), "");
  EXPECT_EQ(config->use.profile, "layer");
}

TEST(Config, AHeaderThatStartsNoKeyIsAnError) {
  for (const char* text :
       {"[!]", "[\x1d budget]", "[[!]]", "[ ?]\n= 1", "level = 9\u038c3", "\u00fc = 1", "[\u0400]"})
    EXPECT_FALSE(parse_config(text, "slim.toml", nullptr, true)) << text;
}

TEST(Config, HostileTextIsAnErrorOrConfig) {
  for (const char* text :
       {"\xff", "a", "[profile]\nx = 1", "[[profile]]", "[budget]\n\"a\\u0000=\" = 1e99", "keep = [[]]",
        "[[keep]]\npath = 1\nreason = 2", "level = 1979-05-27", "\"\" = 1", "[profile.\"\\n\"]\nx = 1"}) {
    const Result<Config> config = parse_config(text, "slim.toml", nullptr, true);
    ASSERT_FALSE(config) << text;
    EXPECT_TRUE(config.error().what.starts_with("slim.toml: line ")) << config.error().what;
    EXPECT_EQ(config.error().what.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace slim
