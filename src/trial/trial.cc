#include "trial/trial.h"

#include <algorithm>
#include <iterator>

#include "languages/language.h"

namespace slim {
namespace {

void add(Trial more, Trial& all) {
  if (all.language == Language::none) {
    all.language = more.language;
    all.version = std::move(more.version);
  }
  all.modules += more.modules;
  all.worked += more.worked;
  all.distributions += more.distributions;
  std::ranges::move(more.failures, std::back_inserter(all.failures));
}

}  // namespace

Result<Trial> try_against(const Package& before, const Inspection& facts, const Package& after,
                          const TrialOptions& options, Progress& progress) {
  Trial all;
  for (const LanguageRoom* room : languages()) {
    if (room->try_against == nullptr) continue;
    TRY(Trial more, room->try_against(before, facts, after, options, progress));
    add(std::move(more), all);
  }
  return all;
}

Result<Trial> try_alone(const Package& package, const Inspection& facts, const TrialOptions& options,
                        Progress& progress) {
  Trial all;
  for (const LanguageRoom* room : languages()) {
    if (room->try_alone == nullptr) continue;
    TRY(Trial more, room->try_alone(package, facts, options, progress));
    add(std::move(more), all);
  }
  return all;
}

}  // namespace slim
