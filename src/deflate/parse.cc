// Shortest path, from the end to the start: the cost of a position is the least, over all choices there, of
// the choice and of what follows it. A block's codes hold for the choices that begin in its range; a match
// may reach across the border, and moves it.
//
// Costs are fixed-point integers, so that every machine takes the same path. A symbol that the last path
// never used gets a cost like that of the rarest ones, or no path would ever try it.
#include "deflate/parse.h"

#include <algorithm>

#include "deflate/log2.h"

namespace slim::deflate {
namespace {

// Longer lengths share symbols. Of those that do the longest is nearly always the best, as it leaves least to
// come at the same cost; the others are not tried.
constexpr unsigned kLongestAlone = 34;
constexpr auto kLastOfSymbol = [] {
  std::array<std::uint16_t, kLongestMatch + 1> table{};
  table[kLongestMatch] = kLongestMatch;
  for (unsigned length = kLongestMatch - 1; length >= kShortestMatch; --length) {
    const bool same = kLengthSymbols[length].symbol == kLengthSymbols[length + 1].symbol;
    table[length] = same ? table[length + 1] : static_cast<std::uint16_t>(length);
  }
  return table;
}();

// What the length of a word takes in the block's header, more or less; its uses share it.
constexpr std::uint32_t kLengthInHeader = 4 * kBit;

template <std::size_t N>
void entropies(const std::array<std::uint32_t, N>& frequencies, std::uint32_t more,
               std::array<std::uint32_t, N>& costs) {
  std::uint32_t sum = more;
  for (const std::uint32_t frequency : frequencies) sum += frequency;
  const std::uint32_t all = log2_of(std::max(sum, 1U));
  for (std::size_t i = 0; i < N; ++i) {
    costs[i] = frequencies[i] == 0 ? all + kBit / 2 : all - log2_of(frequencies[i]);
    costs[i] += kLengthInHeader / (frequencies[i] + 1);
    costs[i] = std::clamp(costs[i], kBit / 2, (kLongestCode + 2) * kBit);
  }
}

Costs spread(const std::array<std::uint32_t, kLiteralSymbols>& literals,
             const std::array<std::uint32_t, kDistanceSymbols>& distances) {
  Costs costs;
  std::copy_n(literals.begin(), 256, costs.literals.begin());
  for (unsigned length = kShortestMatch; length <= kLongestMatch; ++length)
    costs.lengths[length] =
        literals[kLengthSymbols[length].symbol] + kLengthSymbols[length].extra_bits * kBit;
  for (unsigned i = 0; i < kDistanceSymbols; ++i)
    costs.distances[i] = distances[i] + distance_extra_bits(i) * kBit;
  return costs;
}

}  // namespace

Costs first_guess(ByteView bytes) {
  Histogram histogram;
  for (const std::uint8_t byte : bytes) ++histogram.literals[byte];
  std::array<std::uint32_t, kLiteralSymbols> literals;
  entropies(histogram.literals, static_cast<std::uint32_t>(bytes.size() / 4), literals);
  for (unsigned i = kEndOfBlock; i < kLiteralSymbols; ++i) literals[i] = 4 * kBit;
  std::array<std::uint32_t, kDistanceSymbols> distances;
  distances.fill(4 * kBit);
  return spread(literals, distances);
}

Costs costs_of(const Histogram& histogram) {
  std::array<std::uint32_t, kLiteralSymbols> literals;
  std::array<std::uint32_t, kDistanceSymbols> distances;
  entropies(histogram.literals, 1, literals);
  entropies(histogram.distances, 0, distances);
  return spread(literals, distances);
}

Costs costs_of(const BlockCode& code, const Histogram& histogram) {
  std::array<std::uint32_t, kLiteralSymbols> literals;
  std::array<std::uint32_t, kDistanceSymbols> distances;
  entropies(histogram.literals, 1, literals);
  entropies(histogram.distances, 0, distances);
  for (unsigned i = 0; i < kLiteralSymbols; ++i) {
    if (code.literals[i] != 0) literals[i] = code.literals[i] * kBit;
  }
  for (unsigned i = 0; i < kDistanceSymbols; ++i) {
    if (code.distances[i] != 0) distances[i] = code.distances[i] * kBit;
  }
  return spread(literals, distances);
}

void Parser::parse(ByteView bytes, const Matches& matches, std::span<const CostRange> ranges,
                   std::vector<Step>& steps) {
  const std::size_t n = bytes.size();
  cost_.resize(n + 1);
  choice_.resize(n);
  cost_[n] = 0;
  std::size_t range = ranges.size() - 1;
  for (std::size_t at = n; at-- > 0;) {
    while (ranges[range].begin > at) --range;
    const Costs& costs = *ranges[range].costs;
    const std::uint32_t* lengths = costs.lengths.data();
    const std::uint32_t* after = &cost_[at];
    std::uint32_t best = costs.literals[bytes[at]] + after[1];
    Choice choice;
    const std::span<const Match> found = matches.of(at);
    std::uint32_t cheapest = UINT32_MAX;  // of the distances that reach as far
    Match nearest;
    for (auto match = found.begin(); match != found.end();) {
      const std::uint32_t distance = costs.distances[match->symbol()];
      if (distance < cheapest) {
        cheapest = distance;
        nearest = *match;
      }
      const unsigned longest = match->length();
      ++match;
      unsigned length = match != found.end() ? match->length() + 1 : kShortestMatch;
      const auto consider = [&](unsigned to) {
        const std::uint32_t cost = cheapest + lengths[to] + after[to];
        if (cost >= best) return;
        best = cost;
        choice = {to, nearest};
      };
      for (const unsigned end = std::min(longest, kLongestAlone); length <= end; ++length) consider(length);
      for (; length <= longest; length = kLastOfSymbol[length] + 1)
        consider(std::min<unsigned>(kLastOfSymbol[length], longest));
    }
    cost_[at] = best;
    choice_[at] = choice;
  }
  steps.clear();
  for (std::size_t at = 0; at < n;) {
    const Choice& choice = choice_[at];
    Step step{.literal = bytes[at]};
    if (choice.length > 1) {
      step.length = static_cast<std::uint16_t>(choice.length);
      step.distance = static_cast<std::uint16_t>(choice.match.distance());
    }
    steps.push_back(step);
    at += choice.length;
  }
}

}  // namespace slim::deflate
