// All that a report can show: the stages' values side by side, with sums that meet the file sizes.
#pragma once

#include <cstdint>
#include <string>

#include "cache/cache.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/proof.h"
#include "model/stage_time.h"

namespace slim {

// What the file that was written must give back for an entry of a zip.
struct PackedProof {
  std::uint32_t crc = 0;
  Hash128 packed_hash;
};

// What the write stage made.
struct Written {
  std::string path;
  ContainerFormat format = ContainerFormat::zip;
  std::uint64_t container_bytes = 0;            // size of the output file; for a folder the sum of its files
  std::vector<std::uint64_t> packed;            // packed[i]: bytes of entry i in the output, 0 when dropped
  std::vector<std::uint64_t> packed_additions;  // the same for plan.additions
  std::vector<PackedProof> proofs;              // like packed; only of zips
  std::vector<PackedProof> proof_additions;
};

struct RunReport {
  const Options& options;
  const Package& package;
  const Inspection& inspection;
  const Plan& plan;
  const Written* written = nullptr;  // null in a dry run
  double seconds = 0;
  std::vector<StageTime> stages = {};  // with --stats
  cache::Use cache = {};
  Proof proof = {};  // with --verify and --verify-command
};

}  // namespace slim
