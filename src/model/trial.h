// What a trial has shown: what loaded before loads after, and what was known of the package still is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/languages.h"

namespace slim {

struct TrialOptions {
  std::string interpreter;  // as the user named it; empty: looked for on PATH
  unsigned threads = 0;     // imports at a time; 0: what the machine has
};

struct Failure {
  std::string module;  // or a distribution, where `is_distribution`
  bool is_distribution = false;
  std::string error;                 // as the interpreter put it
  std::optional<std::size_t> entry;  // the module's file in the package before
};

struct Trial {
  Language language = Language::none;  // whose modules were loaded; none where there was nothing to load
  std::string version = {};            // of its interpreter, "3.11"
  std::size_t modules = 0;             // that were tried
  std::size_t worked = 0;              // that imported before
  std::size_t distributions = 0;       // that were known before, with their metadata
  std::vector<Failure> failures = {};  // with an original: what it could and this can't; else all that fails
};

}  // namespace slim
