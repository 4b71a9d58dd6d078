// The test of the design: a language of ten lines, added to the one list, is enough to make its files appear with
// an owner and a guard.
#include "languages/language.h"

#include <gtest/gtest.h>

#include <array>

#include "inspect/inspect.h"
#include "model/package.h"
#include "plan/make_plan.h"
#include "util/file.h"
#include "util/progress.h"

namespace slim {
namespace {

class InMemory final : public ContentSource {
 public:
  Result<Bytes> load(std::size_t index) const override {
    return Bytes{static_cast<std::uint8_t>('0' + index)};
  }
};

Package package_of(std::vector<std::string> paths) {
  Package package;
  package.path = "in.zip";
  for (std::string& path : paths) {
    Entry entry;
    entry.path = std::move(path);
    entry.size = 1;
    package.entries.push_back(std::move(entry));
  }
  package.source = std::make_shared<InMemory>();
  return package;
}

void own_basic(const Package& package, Inspection& inspection) {
  for (std::size_t i = 0; i < package.entries.size(); ++i)
    if (package.entries[i].path.ends_with(".bas")) inspection.owner[i] = "basic";
}

std::span<const NamedGuard> basic_guards() {
  static const std::array<NamedGuard, 1> guards = {
      {{"no-line-10", {[](const GuardView& view, std::size_t i) -> Verdict {
          if (view.package.entries[i].path != "ten.bas") return std::nullopt;
          return "line 10 jumps into it";
        }}}}};
  return guards;
}

const LanguageRoom kBasic = {.find_owners = own_basic, .guards = basic_guards};

TEST(Language, ItsFilesHaveAnOwnerAndItsGuardIsAsked) {
  const AddedLanguage basic(kBasic);
  const TemporaryPath rules = TemporaryPath::create_folder("/tmp/slim-language-test", 0700).value();
  const std::string path = rules.path() + "/basic.toml";
  AtomicFile file = AtomicFile::create(path).value();
  const std::string text =
      "[[rule]]\nid = \"basic\"\naction = \"drop\"\npaths = [\"**/*.bas\"]\nguards = [\"no-line-10\"]\n"
      "reason = \"is old\"\n";
  ASSERT_TRUE(file.write(as_bytes(text)) && file.commit());
  Options options;
  options.rule_files = {path};

  const Package package = package_of({"lib/x.txt", "ten.bas", "two.bas"});
  NoProgress progress;
  const auto found = inspect_package(package, options, progress);
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->owner, (std::vector<std::string>{"lib", "basic", "basic"}));
  const auto plan = make_plan(package, *found, options, {}, all_is_read);
  ASSERT_TRUE(plan) << plan.error().what;
  EXPECT_EQ(plan->actions[0].verb, Verb::keep);
  EXPECT_EQ(plan->actions[1].verb, Verb::keep);
  ASSERT_EQ(plan->actions[1].holds.size(), 1U);
  EXPECT_EQ(plan->actions[1].holds[0].reason, "line 10 jumps into it");
  EXPECT_EQ(plan->actions[2].verb, Verb::drop);
}

}  // namespace
}  // namespace slim
