// Sums over the plan: by rule, by package, in all. Integers only, so that they meet the file sizes exactly.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/run_report.h"

namespace slim {

struct Sizes {
  std::uint64_t unpacked_before = 0;
  std::uint64_t unpacked_after = 0;
  std::uint64_t packed_before = 0;
  std::uint64_t packed_after = 0;
};

struct Group {
  std::string name;  // rule id, or owner
  std::uint64_t files = 0;
  Sizes sizes;
};

struct Totals {
  Sizes sizes;                     // over all entries and additions
  std::uint64_t files_before = 0;  // regular files and symlinks
  std::uint64_t files_after = 0;
  std::uint64_t container_before = 0;  // the input file; = packed_before + overhead
  std::uint64_t container_after = 0;   // the output file; 0 in a dry run
  std::vector<Group> rules;            // what rules changed, most unpacked bytes saved first
  std::vector<Group> owners;           // all owners, largest after slimming first
  Group unchanged;                     // entries that no rule touched
};

Totals sum_up(const RunReport& report);

}  // namespace slim
