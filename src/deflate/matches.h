// All that a position could be copied from, for a parser that weighs every choice.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "deflate/format.h"
#include "util/bytes.h"

namespace slim::deflate {

// In one word, as a segment has millions of them.
class Match {
 public:
  Match() = default;
  Match(unsigned length, unsigned distance, unsigned symbol)
      : word_(length | symbol << 9 | (distance - 1) << 14) {}
  unsigned length() const { return word_ & 0x1ff; }
  unsigned symbol() const { return word_ >> 9 & 0x1f; }  // of the distance
  unsigned distance() const { return (word_ >> 14) + 1; }

 private:
  std::uint32_t word_ = 0;
};

class Matches {
 public:
  // Of bytes[begin, end); what stands before begin may be copied from.
  void find(ByteView bytes, std::size_t begin, std::size_t end);

  // Of begin + i: at most one for each distance symbol, the longest first.
  std::span<const Match> of(std::size_t i) const {
    return std::span(found_).subspan(first_[i], first_[i + 1] - first_[i]);
  }

 private:
  void search(ByteView bytes, std::size_t at, std::size_t end);
  void search_threes(ByteView bytes, std::size_t at);
  void search_long(ByteView bytes, std::size_t at, unsigned most);
  void insert(ByteView bytes, std::size_t at);

  std::vector<Match> found_;
  std::vector<std::uint32_t> first_;
  // Chains of positions with the same hash; counted from one window before begin, 0 ends a chain.
  std::vector<std::uint32_t> head3_, head4_, previous3_, previous4_;
  std::size_t origin_ = 0;
  std::uint64_t tries_left_ = 0;
};

}  // namespace slim::deflate
