#include "transform/licences.h"

#include <map>
#include <utility>

#include "util/format.h"

namespace slim {
namespace {

constexpr const char* kRule = "python-licences";
constexpr const char* kFile = "LICENSES.txt";

}  // namespace

Status collect_licences(const Package& package, const Inspection& inspection, Plan& plan) {
  std::map<std::string, std::string> files_of;  // text -> the files that have it
  std::vector<const std::string*> texts;        // in the order of their first files
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    if (plan.actions[i].rule != kRule || package.entries[i].type != EntryType::file) continue;
    TRY(const Bytes bytes, package.load(i));
    const auto [found, is_new] = files_of.try_emplace(std::string(as_text(bytes)));
    if (is_new) texts.push_back(&found->first);
    found->second += format("{}: {}\n", inspection.owner[i], package.entries[i].path);
  }
  if (texts.empty()) return {};
  std::string all;
  // What an earlier run has collected stays in front.
  if (const auto earlier = find_entry(package, kFile); earlier && plan.actions[*earlier].verb == Verb::keep) {
    TRY(const Bytes bytes, package.load(*earlier));
    all = as_text(bytes);
    Action& action = plan.actions[*earlier];
    action.verb = Verb::drop;
    action.rule = kRule;
    action.reason = "written anew with more texts";
    action.size_after = 0;
  }
  for (const std::string* text : texts) {
    all += format("{}\n{}{}\n", files_of[*text], *text, text->ends_with('\n') ? "" : "\n");
  }
  plan.additions.push_back({.path = kFile,
                            .rule = kRule,
                            .reason = "the texts of all licences, each once",
                            .bytes = Bytes(all.begin(), all.end())});
  return {};
}

}  // namespace slim
