// Codes that a header lists in few bits.
#pragma once

#include <array>
#include <cstdint>

#include "deflate/block.h"
#include "deflate/header.h"

namespace slim::deflate {

inline constexpr int kMostPull = 3;

class Shaper {
 public:
  // A code for `histogram`, in which the end of the block is counted, and of what the header of a first one
  // lists. Prices are those of that header.
  Shaper(const Histogram& histogram, const Header& header);

  // Frequencies that give other lengths than the true ones do: such as take fewer bits with their header.
  // A pull of -kMostPull … kMostPull makes code words shorter or longer on the way.
  Histogram shape(int pull) const;

 private:
  static constexpr std::size_t kMost = kLiteralSymbols + kDistanceSymbols;
  using Lengths = std::array<std::uint8_t, kMost>;
  static constexpr Lengths filled(unsigned length) {
    Lengths lengths{};
    lengths.fill(static_cast<std::uint8_t>(length));
    return lengths;
  }

  Lengths cheapest(std::int64_t room_of_literals, std::int64_t room_of_distances) const;

  unsigned literals_ = 0;
  unsigned all_ = 0;  // both alphabets in one row, as the header lists them
  std::array<std::uint32_t, kMost> uses_{};
  std::uint32_t uses_of_literals_ = 0;
  std::uint32_t uses_of_distances_ = 0;
  std::array<std::uint8_t, kMost> shortest_ = filled(1);  // of the lengths that come into question
  std::array<std::uint8_t, kMost> longest_ = filled(kLongestCode);
  std::array<std::int64_t, kHeaderSymbols> price_{};
};

}  // namespace slim::deflate
