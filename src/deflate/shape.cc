// Which lengths a code should have is a shortest path through the list that the header is: from symbol to
// symbol, each step one entry of the list, which sets one length or a run of equal ones. A step costs what
// its entry takes in the header, and what the symbols that it covers take in the block. A symbol that never
// occurs may have a length, too, where that spares the end of a run.
//
// The path knows nothing of the one thing that binds all lengths together: a word of n bits takes 2^-n of the
// room that a code has, and all must fill it exactly. So room has a price, by Lagrange's rule: without a
// header, Huffman's lengths of N uses come out at N / ln 2 for all of it. With one, what a path takes misses
// the whole by a little; so the lengths are taken as frequencies, 2^-n, from which the usual algorithm makes
// a code that fills it. Where frequencies are equal it spares runs, as the words that it must change are the
// first ones. Prices somewhat higher and lower lead to other codes, of which the caller takes the best.
#include "deflate/shape.h"

#include <algorithm>

namespace slim::deflate {
namespace {

constexpr std::uint64_t kParts = 256;        // of a bit
constexpr unsigned kUnlisted = 8;            // bits of an entry that the header's code has no word for
constexpr std::uint64_t kInverseLn2 = 1477;  // in 1024ths
constexpr int kPull = 40;                    // in 1024ths, too
constexpr unsigned kLengths = kLongestCode + 1;
constexpr std::uint64_t kNever = UINT64_MAX / 4;

// The last entry of the list up to a symbol, if its length is the index.
struct Arrival {
  std::uint64_t cost = kNever;
  std::uint8_t previous = 0;  // the length before this entry
  std::uint8_t covers = 0;
};
using Arrivals = std::array<Arrival, kLengths>;

unsigned cheapest_of(const Arrivals& arrivals) {
  return static_cast<unsigned>(std::ranges::min_element(arrivals, {}, &Arrival::cost) - arrivals.begin());
}

}  // namespace

Shaper::Shaper(const Histogram& histogram, const Header& header)
    : literals_(header.literals), all_(header.literals + header.distances) {
  for (unsigned i = 0; i < all_; ++i) {
    before_[i + 1] =
        before_[i] + (i < literals_ ? histogram.literals[i] : histogram.distances[i - literals_]);
  }
  for (unsigned i = 0; i < kHeaderSymbols; ++i) {
    const unsigned bits = header.lengths[i] == 0 ? kUnlisted : header.lengths[i];
    price_[i] = static_cast<std::uint32_t>((bits + kHeaderExtraBits[i]) * kParts);
  }
}

Shaper::Lengths Shaper::cheapest(std::uint64_t room_of_literals, std::uint64_t room_of_distances) const {
  std::array<Arrivals, kMost + 1> arrivals;
  arrivals[0][0].cost = 0;
  for (unsigned i = 0; i < all_; ++i) {
    const unsigned previous = cheapest_of(arrivals[i]);
    const auto offer = [&](unsigned from, unsigned entry, unsigned length, unsigned covers) {
      const unsigned literals = i < literals_ ? std::min(i + covers, literals_) - i : 0;
      const std::uint64_t uses = before_[i + covers] - before_[i];
      const std::uint64_t room = literals * room_of_literals + (covers - literals) * room_of_distances;
      const std::uint64_t cost = arrivals[i][from].cost + price_[entry] + uses * length * kParts +
                                 (length == 0 ? 0 : room >> length);
      Arrival& there = arrivals[i + covers][length];
      if (cost < there.cost)
        there = {cost, static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(covers)};
    };
    for (unsigned length = 1; length < kLengths; ++length) {
      offer(previous, length, length, 1);
      if (i == 0 || arrivals[i][length].cost >= kNever) continue;
      for (unsigned run = 3; run <= std::min(6U, all_ - i); ++run) offer(length, kRepeat, length, run);
    }
    for (unsigned run = 1; run <= std::min(138U, all_ - i) && before_[i + run] == before_[i]; ++run) {
      if (run == 1) offer(previous, 0, 0, 1);
      if (run >= 3) offer(previous, run <= 10 ? kZeros : kManyZeros, 0, run);
    }
  }
  Lengths lengths{};
  unsigned length = cheapest_of(arrivals[all_]);
  for (unsigned i = all_; i > 0;) {
    const Arrival& arrival = arrivals[i][length];
    i -= arrival.covers;
    std::fill_n(lengths.begin() + i, arrival.covers, static_cast<std::uint8_t>(length));
    length = arrival.previous;
  }
  return lengths;
}

Histogram Shaper::shape(int pull) const {
  const auto room = [&](std::uint64_t uses) {
    return uses * kParts * kInverseLn2 / 1024 * static_cast<std::uint64_t>(1024 + pull * kPull) / 1024;
  };
  const Lengths lengths = cheapest(room(before_[literals_]), room(before_[all_] - before_[literals_]));
  Histogram shaped;
  for (unsigned i = 0; i < all_; ++i) {
    if (lengths[i] == 0) continue;
    (i < literals_ ? shaped.literals[i] : shaped.distances[i - literals_]) = 1U
                                                                             << (kLongestCode - lengths[i]);
  }
  return shaped;
}

}  // namespace slim::deflate
