// How what the plan decided is settled: it becomes a drop whose bytes an addition holds, or it stays.
#pragma once

#include <string>

#include "model/plan.h"

namespace slim {

// The file stays as it is; its size and hash are settled already.
inline void fall_back_to_keep(Action& action) {
  action.verb = Verb::keep;
  action.rule.clear();
  action.reason.clear();
  action.level = elf::StripLevel::none;
}

// The same for a doubt, which the reports show.
inline void give_up(Action& action, std::string reason) {
  action.holds.push_back({action.rule, std::move(reason)});
  fall_back_to_keep(action);
}

inline void becomes_a_drop(Action& action, std::string reason) {
  action.verb = Verb::drop;
  action.reason = std::move(reason);
  action.size_after = 0;
}

}  // namespace slim
