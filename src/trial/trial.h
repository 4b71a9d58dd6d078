// The proof: what imported before imports after, and every distribution that was known still is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"
#include "util/progress.h"

namespace slim {

struct TrialOptions {
  std::string python;    // interpreter, as the user named it; empty: looked for on PATH
  unsigned threads = 0;  // imports at a time; 0: what the machine has
};

struct Failure {
  std::string module;  // or a distribution, where `is_distribution`
  bool is_distribution = false;
  std::string error;                 // as Python put it
  std::optional<std::size_t> entry;  // the module's file in the package before
};

struct Trial {
  std::string python = {};             // version of the interpreter, "3.11"; empty where there is no Python
  std::size_t modules = 0;             // that were tried
  std::size_t worked = 0;              // that imported before
  std::size_t distributions = 0;       // that importlib.metadata knew before
  std::vector<Failure> failures = {};  // with an original: what it could and this can't; else all that fails
};

// Runs the package's own code, as an import does, with limits on time and memory. `facts` is of `before`.
// A failure counts only when a second try, before and after, comes out the same. Errors: no interpreter of
// the package's version, or one for another architecture.
Result<Trial> try_against(const Package& before, const Inspection& facts, const Package& after,
                          const TrialOptions& options, Progress& progress);

// The same without an original to hold it against.
Result<Trial> try_alone(const Package& package, const Inspection& facts, const TrialOptions& options,
                        Progress& progress);

}  // namespace slim
