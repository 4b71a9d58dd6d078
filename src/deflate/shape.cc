// Which lengths a code should have is a shortest path through the list that the header is: from symbol to
// symbol, each step one entry of the list, which sets one length or a run of equal ones. A step costs what
// its entry takes in the header, and what the symbols that it covers take in the block. A symbol that never
// occurs may have a length, too, where that spares the end of a run.
//
// The path knows nothing of the one thing that binds all lengths together: a word of n bits takes 2^-n of the
// room that a code has, and all must fill it exactly. So room has a price, by Lagrange's rule: without a
// header, Huffman's lengths of N uses come out at N / ln 2 for all of it. With one, what a path takes misses
// the whole by a little; so the lengths are taken as frequencies, 2^-n, from which the usual algorithm makes
// a code that fills it. Prices somewhat higher and lower lead to other codes, of which the caller takes the
// best.
#include "deflate/shape.h"

#include <algorithm>

#include "deflate/log2.h"

namespace slim::deflate {
namespace {

constexpr std::int64_t kParts = 256;        // of a bit
constexpr unsigned kUnlisted = 8;           // bits of an entry that the header's code has no word for
constexpr std::int64_t kInverseLn2 = 1477;  // in 1024ths
constexpr int kPull = 40;                   // in 1024ths, too
constexpr unsigned kLengths = kLongestCode + 1;
constexpr std::int64_t kNever = INT64_MAX / 4;
constexpr unsigned kWidth = 2;  // how far from the ideal a length may be

// How a list up to a symbol ends.
struct End {
  std::int64_t cost = kNever;
  std::uint8_t covers = 0;    // symbols that its last entry stands for
  std::uint8_t previous = 0;  // the length before them
};

}  // namespace

Shaper::Shaper(const Histogram& histogram, const Header& header)
    : literals_(header.literals), all_(header.literals + header.distances) {
  std::copy_n(histogram.literals.begin(), literals_, uses_.begin());
  std::copy_n(histogram.distances.begin(), header.distances, uses_.begin() + literals_);
  for (unsigned i = 0; i < all_; ++i) (i < literals_ ? uses_of_literals_ : uses_of_distances_) += uses_[i];
  for (unsigned i = 0; i < all_; ++i) {
    if (uses_[i] == 0) continue;
    const std::uint32_t sum = i < literals_ ? uses_of_literals_ : uses_of_distances_;
    const unsigned ideal = (log2_of(sum) - log2_of(uses_[i]) + kBit / 2) / kBit;
    const unsigned middle = std::clamp(ideal, 1 + kWidth, kLongestCode - kWidth);
    shortest_[i] = static_cast<std::uint8_t>(middle - kWidth);
    longest_[i] = static_cast<std::uint8_t>(middle + kWidth);
  }
  for (unsigned i = 0; i < kHeaderSymbols; ++i) {
    const unsigned bits = header.lengths[i] == 0 ? kUnlisted : header.lengths[i];
    price_[i] = (bits + kHeaderExtraBits[i]) * kParts;
  }
}

// Costs are counted from what all symbols up to there would cost if they had the length that the last one
// has, so that a run costs its entry and no more.
Shaper::Lengths Shaper::cheapest(std::int64_t room_of_literals, std::int64_t room_of_distances) const {
  std::array<std::array<End, kLengths>, kMost + 1> ends;
  std::array<std::int64_t, kMost + 1> least;  // over all ends
  std::array<std::uint8_t, kMost + 1> best_end{};
  std::array<std::int64_t, kLengths> all_alike{};
  std::array<unsigned, kLengths> allowed{};  // how many of the last symbols could have this length
  ends[0][0].cost = 0;
  least[0] = 0;
  for (unsigned i = 0, unused = 0; i < all_; ++i) {
    std::array<End, kLengths>& here = ends[i + 1];
    least[i + 1] = kNever;
    const auto settle = [&](unsigned length, const End& end, std::int64_t base) {
      here[length] = end;
      if (end.cost + base >= least[i + 1]) return;
      least[i + 1] = end.cost + base;
      best_end[i + 1] = static_cast<std::uint8_t>(length);
    };
    const std::int64_t room = i < literals_ ? room_of_literals : room_of_distances;
    const bool is_used = uses_[i] != 0;
    for (unsigned length = 1; length < kLengths; ++length) {
      const bool may_have = length >= shortest_[i] && length <= longest_[i];
      allowed[length] = may_have ? allowed[length] + 1 : 0;
      const std::int64_t base = all_alike[length];
      all_alike[length] += kParts * uses_[i] * length + (room >> length);
      if (!may_have) continue;
      End end{.cost = least[i] - base + price_[length], .covers = 1, .previous = best_end[i]};
      for (unsigned run = 3; run <= std::min({6U, allowed[length], i}); ++run) {
        const std::int64_t cost = ends[i + 1 - run][length].cost + price_[kRepeat];
        if (cost < end.cost) end = {cost, static_cast<std::uint8_t>(run), static_cast<std::uint8_t>(length)};
      }
      settle(length, end, all_alike[length]);
    }
    unused = is_used ? 0 : unused + 1;
    if (is_used) continue;
    End end{.cost = least[i] + price_[0], .covers = 1, .previous = best_end[i]};
    for (unsigned run = 3; run <= std::min(138U, unused); ++run) {
      const std::int64_t cost = least[i + 1 - run] + price_[run <= 10 ? kZeros : kManyZeros];
      if (cost < end.cost) end = {cost, static_cast<std::uint8_t>(run), best_end[i + 1 - run]};
    }
    settle(0, end, 0);
  }
  Lengths lengths{};
  unsigned length = best_end[all_];
  for (unsigned i = all_; i > 0;) {
    const End& end = ends[i][length];
    i -= end.covers;
    std::fill_n(lengths.begin() + i, end.covers, static_cast<std::uint8_t>(length));
    length = end.previous;
  }
  return lengths;
}

Histogram Shaper::shape(int pull) const {
  const auto room = [&](std::int64_t uses) {
    return uses * kParts * kInverseLn2 / 1024 * (1024 + pull * kPull) / 1024;
  };
  const Lengths lengths = cheapest(room(uses_of_literals_), room(uses_of_distances_));
  Histogram shaped;
  for (unsigned i = 0; i < all_; ++i) {
    if (lengths[i] == 0) continue;
    (i < literals_ ? shaped.literals[i] : shaped.distances[i - literals_]) = 1U
                                                                             << (kLongestCode - lengths[i]);
  }
  return shaped;
}

}  // namespace slim::deflate
