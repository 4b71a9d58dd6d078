// What a block of its own code starts with: the lengths of its code words, as RFC 1951, 3.2.7, lists them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "deflate/bit_writer.h"
#include "deflate/format.h"

namespace slim::deflate {

// Symbols of the header's own code beside the lengths 0 … 15.
inline constexpr unsigned kRepeat = 16;     // the last length, 3 … 6 times, 2 bits
inline constexpr unsigned kZeros = 17;      // 3 … 10, 3 bits
inline constexpr unsigned kManyZeros = 18;  // 11 … 138, 7 bits
inline constexpr std::array<std::uint8_t, kHeaderSymbols> kHeaderExtraBits = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                                                              0, 0, 0, 0, 0, 0, 2, 3, 7};

struct HeaderStep {
  std::uint8_t symbol;
  std::uint8_t extra;
  std::uint8_t covers;
};

struct Header {
  std::vector<HeaderStep> steps;
  std::array<std::uint8_t, kHeaderSymbols> lengths{};
  unsigned literals = 257;  // how many lengths are listed
  unsigned distances = 1;
  unsigned header_lengths = 4;
  std::uint64_t bits = 0;  // with the three that every block starts with
};

// Of at most 286 and 30 lengths; those at the end that are 0 are not listed.
Header header_of(std::span<const std::uint8_t> literals, std::span<const std::uint8_t> distances);

// All but the first three bits.
void write_header(BitWriter& out, const Header& header);

}  // namespace slim::deflate
