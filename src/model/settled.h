// How what the plan decided is settled: it becomes a drop whose bytes an addition holds, or it stays.
#pragma once

#include <string>

#include "model/plan.h"

namespace slim {

// The file's bytes stay as they are; their size and hash are settled already.
inline void fall_back_to_keep(Action& action) {
  action.verb = action.executable_by.empty() ? Verb::keep : Verb::make_executable;
  action.rule = action.executable_by;
  action.reason = action.executable_by.empty() ? "" : "its mode alone changes";
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
