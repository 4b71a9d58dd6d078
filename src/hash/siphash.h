// SipHash (Aumasson and Bernstein, 2012): CPython names the source of hash-based bytecode by it.
#pragma once

#include <cstdint>

#include "util/bytes.h"
#include "util/result.h"

namespace slim {

// The 64-bit hash with the key's two halves and the numbers of rounds: 2 and 4, or 1 and 3. Errors: a
// libcrypto that was built without it.
Result<std::uint64_t> siphash(ByteView bytes, std::uint64_t key0, std::uint64_t key1, unsigned c_rounds,
                              unsigned d_rounds);

}  // namespace slim
