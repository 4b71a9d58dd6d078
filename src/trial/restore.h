// From what a trial found broken to what the next plan leaves alone.
#pragma once

#include <vector>

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/trial.h"

namespace slim {

// Rules whose changes the failures point at, by package: those that changed a file which the error names;
// else all that changed the failing module's own package; else all. Only what is not among `restored`, which
// earlier rounds have found: so each round gives something new, of rules and packages that are finitely many,
// or nothing. Empty: nothing is left that could be restored.
std::vector<Restored> rules_to_restore(const std::vector<Failure>& failures, const Package& package,
                                       const Inspection& inspection, const Plan& plan,
                                       const std::vector<Restored>& restored);

}  // namespace slim
