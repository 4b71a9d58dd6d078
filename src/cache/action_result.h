// The one message of the Remote Execution API (build.bazel.remote.execution.v2) that a cache server reads: an
// ActionResult, here with one output file.
#pragma once

#include <cstdint>
#include <optional>

#include "hash/sha256.h"
#include "util/bytes.h"

namespace slim::cache {

// What names a blob in /cas/.
struct Digest {
  Sha256 hash = {};
  std::uint64_t size = 0;
  bool operator==(const Digest&) const = default;
};

Bytes action_result(const Digest& digest);
// nullopt: not such a message. Fields that slim does not write are skipped, as servers add some.
std::optional<Digest> digest_in(ByteView action_result);

}  // namespace slim::cache
