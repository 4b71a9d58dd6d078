// Optimal prefix codes. Without a limit, Huffman's algorithm over two queues: the sorted leaves, and the
// nodes, which come out sorted by themselves. Where a code word turns out too long, package-merge (Larmore
// and Hirschberg, 1990): in `limit` rounds the cheapest pairs of the round before are merged with the leaves;
// of the last round's 2n-2 cheapest items, the times that a leaf is in them is the length of its word.
#include "deflate/huffman.h"

#include <algorithm>
#include <array>
#include <vector>

namespace slim::deflate {
namespace {

constexpr std::size_t kMost = 288;

// Frequency and symbol in one number, as numbers sort faster.
struct Leaf {
  std::uint64_t key;
  Leaf() = default;
  Leaf(std::uint32_t frequency, std::size_t symbol) : key(std::uint64_t{frequency} << 16 | symbol) {}
  std::uint32_t frequency() const { return static_cast<std::uint32_t>(key >> 16); }
  std::size_t symbol() const { return key & 0xffff; }
};

// Gives the length of the longest word. leaves: two or more, rarest first.
unsigned unlimited(std::span<const Leaf> leaves, std::span<std::uint8_t> lengths) {
  const std::size_t n = leaves.size();
  std::array<std::uint32_t, kMost> weight;  // of the nodes that join two
  std::array<std::uint16_t, 2 * kMost> parent;
  std::size_t leaf = 0;
  std::size_t node = 0;
  for (std::size_t made = 0; made + 1 < n; ++made) {
    weight[made] = 0;
    for (int child = 0; child < 2; ++child) {
      const bool take_leaf = leaf < n && (node == made || leaves[leaf].frequency() <= weight[node]);
      weight[made] += take_leaf ? leaves[leaf].frequency() : weight[node];
      parent[take_leaf ? leaf++ : n + node++] = static_cast<std::uint16_t>(made);
    }
  }
  std::array<std::uint8_t, kMost> depth;
  depth[n - 2] = 0;
  for (std::size_t i = n - 2; i-- > 0;) depth[i] = static_cast<std::uint8_t>(depth[parent[n + i]] + 1);
  unsigned longest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const unsigned length = depth[parent[i]] + 1U;
    longest = std::max(longest, length);
    lengths[leaves[i].symbol()] = static_cast<std::uint8_t>(length);
  }
  return longest;
}

// An item of package-merge: a leaf, or a pair of the round before.
struct Item {
  std::uint64_t weight;
  std::int32_t leaf;  // its place among the leaves; -1 for a pair
};

void limited(std::span<const Leaf> leaves, unsigned limit, std::span<std::uint8_t> lengths) {
  const std::size_t n = leaves.size();
  std::vector<std::vector<Item>> rounds(limit);
  for (unsigned r = 0; r < limit; ++r) {
    std::vector<Item>& round = rounds[r];
    std::size_t pair = 0;
    std::size_t leaf = 0;
    const std::size_t pairs = r == 0 ? 0 : rounds[r - 1].size() / 2;
    const auto pair_weight = [&] {
      return rounds[r - 1][2 * pair].weight + rounds[r - 1][2 * pair + 1].weight;
    };
    while (leaf < n || pair < pairs) {
      if (pair == pairs || (leaf < n && leaves[leaf].frequency() <= pair_weight())) {
        round.push_back({leaves[leaf].frequency(), static_cast<std::int32_t>(leaf)});
        ++leaf;
      } else {
        round.push_back({pair_weight(), -1});
        ++pair;
      }
    }
  }
  for (const Leaf& leaf : leaves) lengths[leaf.symbol()] = 0;
  std::size_t taken = 2 * n - 2;
  for (unsigned r = limit; r-- > 0;) {
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < taken; ++i) {
      const Item& item = rounds[r][i];
      if (item.leaf < 0) {
        ++pairs;
      } else {
        ++lengths[leaves[static_cast<std::size_t>(item.leaf)].symbol()];
      }
    }
    taken = 2 * pairs;
  }
}

}  // namespace

void code_lengths(std::span<const std::uint32_t> frequencies, unsigned limit,
                  std::span<std::uint8_t> lengths) {
  std::array<Leaf, kMost> storage;
  std::size_t count = 0;
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    lengths[i] = 0;
    if (frequencies[i] != 0) storage[count++] = Leaf(frequencies[i], i);
  }
  const std::span<Leaf> leaves(storage.data(), count);
  if (count == 1) lengths[leaves[0].symbol()] = 1;
  if (count < 2) return;
  std::ranges::sort(leaves, {}, &Leaf::key);
  if (unlimited(leaves, lengths) > limit) limited(leaves, limit, lengths);
}

void code_words(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> words) {
  std::array<std::uint16_t, 17> next{};
  std::array<std::uint16_t, 17> count{};
  for (const std::uint8_t length : lengths) ++count[length];
  count[0] = 0;
  for (std::size_t bits = 1; bits < next.size(); ++bits)
    next[bits] = static_cast<std::uint16_t>((next[bits - 1] + count[bits - 1]) << 1);
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    unsigned word = lengths[i] == 0 ? 0U : next[lengths[i]]++;
    unsigned turned = 0;
    for (unsigned bit = 0; bit < lengths[i]; ++bit, word >>= 1) turned = turned << 1 | (word & 1);
    words[i] = static_cast<std::uint16_t>(turned);
  }
}

}  // namespace slim::deflate
