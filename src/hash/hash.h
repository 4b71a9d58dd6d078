// XXH3-128 of contents; the wall in front of xxHash.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "util/bytes.h"

namespace slim {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
};

Hash128 hash_bytes(ByteView bytes);
std::string to_hex(const Hash128& hash);  // 32 lower-case hex digits, canonical (big-endian) order

}  // namespace slim
