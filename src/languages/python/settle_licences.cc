#include "languages/python/settle_licences.h"

#include <map>
#include <utility>

#include "model/settled.h"
#include "util/format.h"

namespace slim {
namespace {

constexpr const char* kFile = "LICENSES.txt";

// The texts to collect, but for what an earlier run has collected.
std::vector<std::size_t> texts_to_collect(const Package& package, const Plan& plan) {
  std::vector<std::size_t> entries;
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    const bool is_text = package.entries[i].type == EntryType::file && package.entries[i].path != kFile;
    if (is_text && plan.actions[i].verb == Verb::collect) entries.push_back(i);
  }
  return entries;
}

Result<std::string> collected(const Package& package, const Inspection& inspection,
                              const std::vector<std::size_t>& entries) {
  std::map<std::string, std::string> files_of;  // text -> the files that have it
  std::vector<const std::string*> texts;        // in the order of their first files
  for (const std::size_t i : entries) {
    TRY(const Bytes bytes, package.load(i));
    const auto [found, is_new] = files_of.try_emplace(std::string(as_text(bytes)));
    if (is_new) texts.push_back(&found->first);
    found->second += format("{}: {}\n", inspection.owner[i], package.entries[i].path);
  }
  std::string all;
  for (const std::string* text : texts) {
    all += format("{}\n{}{}\n", files_of[*text], *text, text->ends_with('\n') ? "" : "\n");
  }
  return all;
}

}  // namespace

Status collect_licences(const Package& package, const Inspection& inspection, Plan& plan) {
  const std::vector<std::size_t> entries = texts_to_collect(package, plan);
  const auto earlier = find_entry(package, kFile);
  const bool stands = earlier && plan.actions[*earlier].verb != Verb::drop;
  const bool grows = stands && plan.actions[*earlier].verb == Verb::collect;
  if (stands && !grows) {
    for (const std::size_t i : entries)
      give_up(plan.actions[i], format("{}, which would take its text, stays as it is", kFile));
  }
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    if (plan.actions[i].verb == Verb::collect && package.entries[i].type != EntryType::file)
      fall_back_to_keep(plan.actions[i]);
  }
  if (entries.empty() && grows) fall_back_to_keep(plan.actions[*earlier]);
  if (entries.empty() || (stands && !grows)) return {};

  TRY(std::string all, collected(package, inspection, entries));
  const std::string rule = plan.actions[entries.front()].rule;
  if (grows) {  // what an earlier run has collected stays in front
    TRY(const Bytes bytes, package.load(*earlier));
    all.insert(0, as_text(bytes));
    becomes_a_drop(plan.actions[*earlier], "written anew with more texts");
  }
  for (const std::size_t i : entries) becomes_a_drop(plan.actions[i], format("its text is in {}", kFile));
  plan.additions.push_back({.path = kFile,
                            .rule = rule,
                            .reason = "the texts of all licences, each once",
                            .bytes = Bytes(all.begin(), all.end()),
                            .made_of = entries.front()});
  return {};
}

}  // namespace slim
