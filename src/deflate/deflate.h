// Raw DEFLATE (RFC 1951) and CRC-32 as zip files use them; the wall in front of libdeflate. Thread-safe: each
// thread has its own compressor. The bytes depend on the input and the level alone.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "deflate/smallest.h"
#include "util/bytes.h"
#include "util/result.h"

namespace slim::deflate {

// Levels 1 to 10 are libdeflate's. 11 and 12 are 10 again, as what libdeflate makes of them takes 1.4 and 1.8
// times as long for a thousandth. And there is one beyond: the smallest stream that can be had (smallest.h).
constexpr int kLowestLevel = 1;
constexpr int kHighestLevel = 12;
constexpr int kSmallest = 13;

// The most that `packed` bytes of DEFLATE can unpack to: a match of 258 bytes takes two bits at least, so no
// stream gives more than 1032 bytes for one. Bounds every allocation for a size that a file declares.
constexpr std::uint64_t max_inflated_size(std::uint64_t packed) {
  return packed > UINT64_MAX / 1032 ? UINT64_MAX : packed * 1032;
}

std::uint32_t crc32(ByteView bytes);

// nullopt when the deflated form would not be smaller than the input: store it. for_each shares the work of
// kSmallest among threads.
std::optional<Bytes> compress(ByteView bytes, int level, const ForEach& for_each = one_after_the_other);

// Inflates to exactly `size` bytes. Errors: damaged data, fewer or more bytes than `size`.
Result<Bytes> decompress(ByteView deflated, std::uint64_t size);

}  // namespace slim::deflate
