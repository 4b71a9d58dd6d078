// What a trial has shown: what loaded before loads after, and what was known of the package still is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

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

}  // namespace slim
