// The cheapest way to write bytes under given codes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "deflate/block.h"
#include "deflate/matches.h"

namespace slim::deflate {

// What each choice costs, in parts of a bit (log2.h).
struct Costs {
  std::array<std::uint32_t, 256> literals{};
  std::array<std::uint32_t, kLongestMatch + 1> lengths{};
  std::array<std::uint32_t, kDistanceSymbols> distances{};
};

Costs first_guess(ByteView bytes);
Costs costs_of(const Histogram& histogram);  // by entropy
Costs costs_of(const BlockCode& code, const Histogram& histogram);

// From here to where the next begins, these costs hold. Starts are positions in the parsed range.
struct CostRange {
  std::size_t begin = 0;
  const Costs* costs = nullptr;
};

class Parser {
 public:
  // Of `bytes`, whose matches are given; ranges[0] begins at 0.
  void parse(ByteView bytes, const Matches& matches, std::span<const CostRange> ranges,
             std::vector<Step>& steps);

 private:
  struct Choice {
    std::uint32_t length = 1;  // of a literal
    Match match;
  };

  std::vector<std::uint32_t> cost_;  // of all from a position on
  std::vector<Choice> choice_;
};

}  // namespace slim::deflate
