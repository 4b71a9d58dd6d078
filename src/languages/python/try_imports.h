// Imports every module, each in a process of its own, and asks importlib.metadata for every distribution.
#pragma once

#include "model/inspection.h"
#include "model/package.h"
#include "model/trial.h"
#include "util/progress.h"

namespace slim {

// A failure counts when a second try, before and after, comes out the same. Errors: no interpreter of the
// package's version; a package for another machine.
Result<Trial> try_imports_against(const Package& before, const Inspection& facts, const Package& after,
                                  const TrialOptions& options, Progress& progress);
Result<Trial> try_imports_alone(const Package& package, const Inspection& facts, const TrialOptions& options,
                                Progress& progress);

}  // namespace slim
