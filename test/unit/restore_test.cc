// What a round of --verify holds back: always something new, or nothing.
#include "trial/restore.h"

#include <gtest/gtest.h>

#include "model/package.h"

namespace slim {
namespace {

// a/config.py and a/sub.py of package a, b/data.py of package b; a rule has dropped each.
struct Example {
  Package package;
  Inspection inspection;
  Plan plan;

  Example() {
    add("a/config.py", "a", "rule-1");
    add("a/sub.py", "a", "rule-2");
    add("b/data.py", "b", "rule-1");
  }
  void add(const std::string& path, const std::string& owner, const std::string& rule) {
    package.entries.push_back({.path = path});
    inspection.files.emplace_back();
    inspection.owner.push_back(owner);
    plan.actions.emplace_back();
    plan.actions.back().verb = Verb::drop;
    plan.actions.back().rule = rule;
  }
  std::vector<std::string> next(const std::vector<Restored>& restored) const {
    const Failure failure{"a", false, "no file 'a/config.py'", std::size_t{1}};
    std::vector<std::string> found;
    for (const Restored& item : rules_to_restore({failure}, package, inspection, plan, restored))
      found.push_back(item.rule + " of " + item.owner);
    return found;
  }
};

TEST(Restore, GoesFromWhatTheErrorNamesToItsPackageToAll) {
  const Example example;
  using Names = std::vector<std::string>;
  std::vector<Restored> restored;
  EXPECT_EQ(example.next(restored), (Names{"rule-1 of a"}));
  restored.push_back({"rule-1", "a", ""});
  EXPECT_EQ(example.next(restored), (Names{"rule-2 of a"}));
  restored.push_back({"rule-2", "a", ""});
  EXPECT_EQ(example.next(restored), (Names{"rule-1 of b"}));
}

TEST(Restore, GivesNothingOnceAllIsRestored) {
  const Example example;
  // The plan still holds what a decision outside the rules would do: no reason to ask for it for ever.
  EXPECT_TRUE(example.next({{"rule-1", "a", ""}, {"rule-2", "a", ""}, {"rule-1", "b", ""}}).empty());
}

TEST(Restore, CountsWhatIsAddedForAFile) {
  Example example;
  for (Action& action : example.plan.actions) action = Action();
  example.plan.additions.push_back(
      {.path = "a/config.pyc", .rule = "rule-3", .reason = "", .bytes = {}, .made_of = 0});
  EXPECT_EQ(example.next({}), (std::vector<std::string>{"rule-3 of a"}));
}

TEST(Restore, LeavesTheUsersWishes) {
  Example example;
  for (Action& action : example.plan.actions) action.rule = "--drop";
  EXPECT_TRUE(example.next({}).empty());
}

}  // namespace
}  // namespace slim
