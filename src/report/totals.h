// Sums over the plan: by rule, by package, in all. Integers only, so that they meet the file sizes exactly.
#pragma once

#include <cstdint>
#include <optional>
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
  std::string name;    // rule id, or owner
  std::string reason;  // of a rule: why it does what it does; several, where users have given several
  std::uint64_t files = 0;
  Sizes sizes;
};

// Which side has packed sizes of single files at all. Each file has one in a zip; a tar is packed as a
// whole, and a folder not at all: there the packed sizes of `Sizes` mean nothing, and no report shows them.
struct Packing {
  bool files_before = false;
  bool files_after = false;  // false in a dry run, too
  bool both() const { return files_before && files_after; }
};

struct Totals {
  Sizes sizes;                     // over all entries and additions
  std::uint64_t files_before = 0;  // regular files and symlinks
  std::uint64_t files_after = 0;
  Packing packing;
  std::optional<std::uint64_t> container_before;  // the input file; none of a folder
  std::optional<std::uint64_t> container_after;   // the output file; none in a dry run, or of a folder
  std::vector<Group> rules;                       // what rules changed, most unpacked bytes saved first
  std::vector<Group> owners;                      // all owners, largest after slimming first
  Group unchanged;                                // entries that no rule touched
};

Totals sum_up(const RunReport& report);

// "zipped" or "archived": what the containers' sizes are sizes of.
const char* container_label(const RunReport& report);

}  // namespace slim
