// What the user asked `slim check` for, checked once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/budget.h"
#include "model/given.h"
#include "model/inspection.h"
#include "model/plan.h"

namespace slim {

struct CheckRequest {
  ConfigUse config;
  std::vector<std::string> packages;  // a function, then layers; what has a layer's folders is one anywhere
  std::vector<std::string> layers;    // by --layer
  std::string runtime;                // as given; empty: told by the files
  std::optional<Arch> arch;
  std::optional<Arch> ready_for;
  std::string handler;

  std::vector<Budget> budgets;
  std::string baseline;  // file
  Allowance max_growth;
  bool update_baseline = false;

  Severity fail_on = Severity::error;
  unsigned threads = 0;
  std::string json;  // files of reports; "-" for standard output
  std::string markdown;
  std::string sarif;
  std::string junit;
  std::string html;
  bool quiet = false;
};

}  // namespace slim
