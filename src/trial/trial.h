// The proof: what loaded before loads after.
#pragma once

#include "model/inspection.h"
#include "model/package.h"
#include "model/trial.h"
#include "util/progress.h"

namespace slim {

// Loads what every language finds to load, before and after, and compares. Runs the package's code. Errors: no
// interpreter that fits; a package that can't be unpacked.
Result<Trial> try_against(const Package& before, const Inspection& facts, const Package& after,
                          const TrialOptions& options, Progress& progress);

// What loads of one package.
Result<Trial> try_alone(const Package& package, const Inspection& facts, const TrialOptions& options,
                        Progress& progress);

}  // namespace slim
