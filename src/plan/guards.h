// Conditions of rules. A guard answers for one entry: nullopt lets it go, a clause holds it and says why.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

class SourceEvidence;

// What a guard may look at. `kept` says of each entry whether it stays, as far as that is decided.
struct GuardView {
  const Package& package;
  const Inspection& inspection;
  const std::vector<bool>& kept;
  const Options& options;
  const SourceEvidence* sources =
      nullptr;  // where sources may give way to bytecode, once it is known what stays
};

struct Guard {
  std::function<std::optional<std::string>(const GuardView&, std::size_t)> ask;
  bool asks_kept = false;  // its answer depends on what stays: rules with such a guard are decided last
};

// The guard of that name; nullptr when there is none.
const Guard* find_guard(const std::string& name);
std::vector<std::string> guard_names();

// The guard that make_plan itself answers, as it needs to know what is kept: no kept code imports it.
inline constexpr const char* kNotImported = "not-imported";

}  // namespace slim
