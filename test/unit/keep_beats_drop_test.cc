// The law that keep beats drop, and that no order matters: neither that of rule ids, by which rules are sorted
// as they are read, nor that of files of rules and of flags.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "../support/package_in_memory.h"
#include "plan/rule_set.h"
#include "util/format.h"

namespace slim::test {
namespace {

struct Role {
  const char* action;
  const char* more;  // lines of its rule
};

// For each role a rule under the id that falls to it.
class Rules {
 public:
  explicit Rules(const std::vector<Role>& roles, const std::vector<std::string>& ids) {
    path_ = testing::TempDir() + "keep-beats-drop-" + std::to_string(getpid()) + ".toml";
    std::ofstream out(path_);
    for (std::size_t i = 0; i < roles.size(); ++i)
      out << format("[[rule]]\nid = \"{}\"\naction = \"{}\"\n{}\nreason = \"{}\"\n", ids[i], roles[i].action,
                    roles[i].more, roles[i].action);
  }
  ~Rules() { std::filesystem::remove(path_); }
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;
  Options options() const {
    Options options;
    options.rule_files = {path_};
    return options;
  }

 private:
  std::string path_;
};

// Each order of ids before, among and behind those of slim's own rules.
std::vector<std::vector<std::string>> every_order(std::size_t count) {
  std::vector<std::string> ids = {"aa", "elf-m", "python-m", "zz"};
  ids.resize(count);
  std::vector<std::vector<std::string>> orders;
  do {
    orders.push_back(ids);
  } while (std::ranges::next_permutation(ids).found);
  return orders;
}

constexpr const char* kEverything = "paths = [\"**\"]";
const std::vector<File> kFiles = {{"app.py", "x = 1\n"}, {"a/text.txt", "text"}, {"a/tool", "#!/bin/sh\n"}};

TEST(KeepBeatsDrop, WhateverTheIds) {
  const std::vector<Role> roles = {{"drop", kEverything},
                                   {"keep", "paths = [\"a/**\"]"},
                                   {"cut-metadata", kEverything},
                                   {"make-executable", kEverything}};
  std::size_t orders = 0;
  for (const std::vector<std::string>& ids : every_order(roles.size())) {
    const Rules rules(roles, ids);
    const Planned plan = planned(kFiles, rules.options());
    EXPECT_EQ(plan.fate("app.py"), "drop by " + ids[0]);
    for (const char* path : {"a/text.txt", "a/tool"}) {
      EXPECT_EQ(plan.fate(path), "keep: " + ids[1] + ": keep") << "drop is " << ids[0];
      EXPECT_TRUE(plan.at(path).executable_by.empty() && plan.at(path).link_rule.empty());
      std::vector<std::string> all = ids;
      std::ranges::sort(all);
      EXPECT_EQ(plan.at(path).matches, all) << "what matched is told, though a keep holds the file";
    }
    ++orders;
  }
  EXPECT_EQ(orders, 24U);
}

TEST(KeepBeatsDrop, TheStrongestOfTheOthersWinsWhateverTheIds) {
  const std::vector<Role> roles = {
      {"hash-bytecode", kEverything}, {"cut-metadata", kEverything}, {"renew", kEverything}};
  for (const std::vector<std::string>& ids : every_order(roles.size())) {
    const Rules rules(roles, ids);
    EXPECT_EQ(planned(kFiles, rules.options()).fate("a/text.txt"), "cut-metadata by " + ids[1]);
  }
}

TEST(KeepBeatsDrop, TheGentlestStripCountsWhateverTheIds) {
  const std::vector<Role> roles = {{"strip", "level = \"sections\"\npaths = [\"**\"]"},
                                   {"strip", "level = \"debug\"\npaths = [\"**\"]"},
                                   {"strip", kEverything}};
  for (const std::vector<std::string>& ids : every_order(roles.size())) {
    const Rules rules(roles, ids);
    const Planned plan = planned(kFiles, rules.options());
    EXPECT_EQ(plan.at("a/text.txt").verb, Verb::strip);
    EXPECT_EQ(plan.at("a/text.txt").level, elf::StripLevel::debug);
  }
}

// A guard that asks what stays is answered last, when a drop has won already.
TEST(KeepBeatsDrop, WithGuardsThatAskWhatStays) {
  for (const std::vector<std::string>& ids : every_order(2)) {
    const Rules rules(
        {{"drop", kEverything}, {"keep", "paths = [\"a/**\"]\nguards = [\"not-named-by-code\"]"}}, ids);
    EXPECT_EQ(planned(kFiles, rules.options()).fate("a/text.txt"), "keep: " + ids[1] + ": keep");
    const Rules late({{"drop", kEverything}, {"keep", "paths = [\"a/**\"]\nwhere = [\"not-named-by-code\"]"}},
                     ids);
    const auto refused = load_rules(late.options());
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("can't ask 'not-named-by-code'"), std::string::npos)
        << refused.error().what;
  }
}

TEST(KeepBeatsDrop, WhateverTheOrderOfTheUsersGlobs) {
  std::array<const char*, 3> drops = {"a", "a/*.txt", "**"};
  std::ranges::sort(drops, std::less<std::string_view>());
  do {
    Options options;
    options.drop = given({drops[0], drops[1], drops[2]});
    options.keep = given({"nothing/**", "a/text.txt"});
    for (int turn = 0; turn < 2; ++turn) {
      const Planned plan = planned(kFiles, options);
      EXPECT_EQ(plan.at("a/text.txt").verb, Verb::keep);
      EXPECT_EQ(plan.at("a/tool").verb, Verb::drop);
      EXPECT_EQ(plan.at("app.py").verb, Verb::drop);
      std::ranges::reverse(options.keep);
    }
  } while (std::ranges::next_permutation(drops, std::less<std::string_view>()).found);
}

// The same between the user's words and rules.
TEST(KeepBeatsDrop, BetweenFlagsAndRules) {
  const Rules rules({{"drop", kEverything}, {"keep", "paths = [\"a/text.txt\"]"}}, {"aa", "zz"});
  Options options = rules.options();
  options.keep = given({"app.py"});
  options.drop = given({"a/tool"});
  const Planned plan = planned(kFiles, options);
  EXPECT_EQ(plan.fate("app.py"), "keep: --keep: matches --keep 'app.py'");
  EXPECT_EQ(plan.fate("a/text.txt"), "keep: zz: keep");
  EXPECT_EQ(plan.fate("a/tool"), "drop by --drop");
}

// As it takes less.
TEST(KeepBeatsDrop, OffBeatsOn) {
  const Rules rules({{"drop", kEverything}}, {"aa"});
  Options options = rules.options();
  options.enable = given({"aa"});
  EXPECT_EQ(planned(kFiles, options).fate("app.py"), "drop by aa");
  options.disable = given({"aa"});
  EXPECT_EQ(planned(kFiles, options).fate("app.py"), "keep");
}

// Some rules are asked last, and bytecode's apart from the others.
TEST(KeepBeatsDrop, MatchesAreSortedWheneverTheRulesAreAsked) {
  const Rules rules({{"cut-metadata", kEverything},
                     {"strip", "paths = [\"**\"]\nguards = [\"not-named-by-code\"]"},
                     {"compile", kEverything}},
                    {"aa", "mm", "zz"});
  EXPECT_EQ(planned(kFiles, rules.options()).at("a/text.txt").matches,
            (std::vector<std::string>{"aa", "mm", "zz"}));
  const Rules reversed({{"cut-metadata", kEverything},
                        {"strip", "paths = [\"**\"]\nguards = [\"not-named-by-code\"]"},
                        {"compile", kEverything}},
                       {"zz", "mm", "aa"});
  EXPECT_EQ(planned(kFiles, reversed.options()).at("a/text.txt").matches,
            (std::vector<std::string>{"aa", "mm", "zz"}));
}

}  // namespace
}  // namespace slim::test
