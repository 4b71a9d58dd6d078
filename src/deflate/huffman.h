// Prefix codes of limited length.
#pragma once

#include <cstdint>
#include <span>

namespace slim::deflate {

// The lengths, at most `limit` bits, of the code that takes the fewest bits for symbols of these frequencies.
// 0 for those that don't occur. A single symbol gets one bit. At most 288 symbols, of which 2^limit may
// occur.
void code_lengths(std::span<const std::uint32_t> frequencies, unsigned limit,
                  std::span<std::uint8_t> lengths);

// The canonical code of these lengths (RFC 1951, 3.2.2), each word with its first bit lowest, as it is
// written.
void code_words(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> words);

}  // namespace slim::deflate
