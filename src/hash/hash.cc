#include "hash/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "util/format.h"

namespace slim {

Hash128 hash_bytes(ByteView bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return Hash128{.high = hash.high64, .low = hash.low64};
}

std::string to_hex(const Hash128& hash) { return format("{:016x}{:016x}", hash.high, hash.low); }

}  // namespace slim
