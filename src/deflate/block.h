// One block of a DEFLATE stream: what it costs, and how it is written.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "deflate/bit_writer.h"
#include "deflate/format.h"
#include "util/bytes.h"

namespace slim::deflate {

// A literal byte, or a match.
struct Step {
  std::uint16_t length = 1;    // bytes that it stands for; 1: a literal
  std::uint16_t distance = 0;  // 1 … 32768; 0: a literal
  std::uint8_t literal = 0;
};

// How often each symbol occurs. The end of the block is not counted.
struct Histogram {
  std::array<std::uint32_t, kLiteralSymbols> literals{};
  std::array<std::uint32_t, kDistanceSymbols> distances{};

  void add(const Step& step);
  Histogram& operator+=(const Histogram& other);
  Histogram& operator-=(const Histogram& other);
};
Histogram count(std::span<const Step> steps);

// The lengths of a block's two codes.
struct BlockCode {
  std::array<std::uint8_t, kLiteralSymbols + 2>
      literals{};  // the two that never occur have words in the fixed code
  std::array<std::uint8_t, kDistanceSymbols + 2> distances{};
  bool fixed = false;
  std::uint64_t bits = 0;  // of the whole block, its header and its end included
};

// The code that makes a block with these symbols smallest: the fixed one, or one of its own. Quick does
// without a regard for the header, and comes to some two thousandths more.
enum class Effort : std::uint8_t { quick, thorough };
BlockCode best_code(const Histogram& histogram, Effort effort);

// `bytes` are those that the steps stand for: where that is shortest, they are stored as they are.
void write_block(BitWriter& out, std::span<const Step> steps, ByteView bytes, const BlockCode& code,
                 bool last);

// Bytes as they are; none make an empty block, which ends at a whole byte.
void write_stored(BitWriter& out, ByteView bytes, bool last);

}  // namespace slim::deflate
