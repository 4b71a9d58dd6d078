// What `slim check` looks for: each kind of finding with what it means to somebody who meets it for the first
// time.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/languages.h"
#include "model/plan.h"

namespace slim {

// What a check needs to be told before it can find anything.
enum class FindingNeeds : std::uint8_t {
  nothing,
  runtime,
  version,  // of `language`, which the runtime brings
  handler,
  budget,
  baseline,
  ready_for
};

struct FindingKind {
  std::string_view id;                    // "missing-library", as in Finding::id
  std::string_view title;                 // what is wrong, a clause without a full stop
  std::string_view help;                  // why it matters and what to do, in sentences
  Severity severity = Severity::warning;  // as a rule; a finding may be milder or graver
  FindingNeeds needs = FindingNeeds::nothing;
  Language language = Language::none;
};

// Those that no language looks for. All of them: languages/finding_kinds.h.
std::span<const FindingKind> neutral_finding_kinds();

// Does a run of slim fail for it, as `slim check` does for every error? What the input had already is no
// fault of the run, which writes the package all the same: only an --arch or a --runtime that the package
// contradicts fails it.
bool fails_a_run(const Finding& finding);

}  // namespace slim
