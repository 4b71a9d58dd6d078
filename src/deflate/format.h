// The numbers of RFC 1951: which symbol stands for a length or a distance, and how many bits follow it.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace slim::deflate {

inline constexpr unsigned kWindow = 32768;
inline constexpr unsigned kShortestMatch = 3;
inline constexpr unsigned kLongestMatch = 258;
inline constexpr unsigned kEndOfBlock = 256;
inline constexpr unsigned kLiteralSymbols = 286;  // literals, the end of the block, and lengths
inline constexpr unsigned kDistanceSymbols = 30;
inline constexpr unsigned kHeaderSymbols = 19;  // of the code for code lengths
inline constexpr unsigned kLongestCode = 15;
inline constexpr unsigned kLongestHeaderCode = 7;
inline constexpr unsigned kLargestStored = 65535;

struct LengthSymbol {
  std::uint16_t symbol = 0;
  std::uint8_t extra_bits = 0;
  std::uint8_t extra = 0;
};

// By length: [3] … [258].
inline constexpr auto kLengthSymbols = [] {
  std::array<LengthSymbol, kLongestMatch + 1> table{};
  for (unsigned length = kShortestMatch; length < kLongestMatch; ++length) {
    const unsigned n = length - kShortestMatch;
    const unsigned bits = n < 8 ? 0 : static_cast<unsigned>(std::bit_width(n)) - 3;
    table[length] = {static_cast<std::uint16_t>(257 + 4 * bits + (n >> bits)),
                     static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(n & ((1U << bits) - 1))};
  }
  table[kLongestMatch] = {285, 0, 0};
  return table;
}();

// Of a symbol of the first alphabet; none for literals and the end of the block.
constexpr unsigned length_extra_bits(unsigned symbol) {
  return symbol < 265 || symbol == 285 ? 0 : (symbol - 261) / 4;
}

constexpr unsigned distance_extra_bits(unsigned symbol) { return symbol < 4 ? 0 : symbol / 2 - 1; }

// Of a distance of 1 … 32768.
constexpr unsigned distance_symbol(unsigned distance) {
  const unsigned n = distance - 1;
  if (n < 4) return n;
  const unsigned bits = static_cast<unsigned>(std::bit_width(n)) - 2;
  return 2 * bits + (n >> bits);
}

// The farthest that shares a symbol.
constexpr unsigned last_distance(unsigned symbol) {
  return symbol < 4 ? symbol + 1 : (2 + symbol % 2 + 1) << distance_extra_bits(symbol);
}

constexpr unsigned distance_extra(unsigned distance) {
  return (distance - 1) & ((1U << distance_extra_bits(distance_symbol(distance))) - 1);
}

}  // namespace slim::deflate
