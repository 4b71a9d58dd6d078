// Raw DEFLATE (RFC 1951) and CRC-32 as zip files use them; the wall in front of libdeflate. Thread-safe: each
// thread has its own compressor. The bytes depend on the input and the level alone.
#pragma once

#include "util/bytes.h"
#include "util/result.h"

namespace slim::deflate {

constexpr int kDefaultLevel = 9;

std::uint32_t crc32(ByteView bytes);

// level 1..12. nullopt when the deflated form would not be smaller than the input: store it.
std::optional<Bytes> compress(ByteView bytes, int level);

// Inflates to exactly `size` bytes. Errors: damaged data, fewer or more bytes than `size`.
Result<Bytes> decompress(ByteView deflated, std::uint64_t size);

}  // namespace slim::deflate
