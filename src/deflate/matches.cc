// Two hash chains, over three and over four bytes. A parser that only minimises the number of bits for
// *given* codes would want the nearest match of each length. But the code of distances is no monotone
// function: in tables of records a distance that is a multiple of the record's size is frequent and so has a
// short word, though it is farther away. So the longest match is looked for in each range that shares a
// distance symbol, and the parser chooses.
#include "deflate/matches.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace slim::deflate {
namespace {

constexpr unsigned kHashBits = 15;
constexpr std::size_t kHashSize = std::size_t{1} << kHashBits;
// A chain is followed far: cut at 400, text becomes 0.2 % larger. But made to be slow, or merely dull, a
// segment could take minutes; so its tries are counted, and once they are used up, chains are cut short. The
// first cut is there to keep some for the end: at 4000, files of many such segments become 0.05 % larger.
constexpr std::uint64_t kMostTries = 1500;
constexpr std::uint64_t kTriesOfAByte = 600;  // on average over the segment
constexpr std::uint64_t kFewTries = 200;
constexpr unsigned kMostTries3 = 24;  // three bytes are worth little from far away

std::uint32_t four_bytes(const std::uint8_t* at) {
  return std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16 |
         std::uint32_t{at[3]} << 24;
}
std::size_t hash(std::uint32_t word) { return (word * 2654435761U) >> (32 - kHashBits); }
std::size_t hash3(const std::uint8_t* at) {
  return hash(std::uint32_t{at[0]} | std::uint32_t{at[1]} << 8 | std::uint32_t{at[2]} << 16);
}
std::size_t hash4(const std::uint8_t* at) { return hash(four_bytes(at)); }

unsigned common_length(const std::uint8_t* a, const std::uint8_t* b, unsigned most) {
  unsigned n = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (; n + 8 <= most; n += 8) {
      std::uint64_t x = 0;
      std::uint64_t y = 0;
      std::memcpy(&x, a + n, 8);
      std::memcpy(&y, b + n, 8);
      if (x != y) return n + static_cast<unsigned>(std::countr_zero(x ^ y)) / 8;
    }
  }
  while (n < most && a[n] == b[n]) ++n;
  return n;
}

// A handful of them: by insertion, and the nearest first among equals.
void sort_longest_first(std::span<Match> matches) {
  for (std::size_t i = 1; i < matches.size(); ++i) {
    const Match match = matches[i];
    std::size_t at = i;
    for (; at > 0 && matches[at - 1].length() < match.length(); --at) matches[at] = matches[at - 1];
    matches[at] = match;
  }
}

}  // namespace

void Matches::insert(ByteView bytes, std::size_t at) {
  const auto place = static_cast<std::uint32_t>(at - origin_ + 1);
  if (at + 3 > bytes.size()) return;
  std::uint32_t& head3 = head3_[hash3(&bytes[at])];
  previous3_[at - origin_] = head3;
  head3 = place;
  if (at + 4 > bytes.size()) return;
  std::uint32_t& head4 = head4_[hash4(&bytes[at])];
  previous4_[at - origin_] = head4;
  head4 = place;
}

// The nearest match of three bytes under each symbol.
void Matches::search_threes(ByteView bytes, std::size_t at) {
  unsigned last_symbol = kDistanceSymbols;
  std::uint32_t place = head3_[hash3(&bytes[at])];
  for (unsigned tries = kMostTries3; place != 0 && tries > 0; --tries, place = previous3_[place - 1]) {
    const std::size_t from = origin_ + place - 1;
    if (at - from > kWindow) break;
    if (std::memcmp(&bytes[from], &bytes[at], kShortestMatch) != 0) continue;
    const auto distance = static_cast<unsigned>(at - from);
    const unsigned symbol = distance_symbol(distance);
    if (symbol != last_symbol) found_.emplace_back(kShortestMatch, distance, symbol);
    last_symbol = symbol;
  }
}

// The longest match of four bytes or more under each symbol. A place is passed over by its last four bytes
// that a longer match needs, which are fewer alike than the first four.
void Matches::search_long(ByteView bytes, std::size_t at, unsigned most) {
  const std::uint8_t* here = &bytes[at];
  const std::uint32_t word = four_bytes(here);
  const std::uint64_t most_tries = tries_left_ > kMostTries ? kMostTries : kFewTries;
  std::uint64_t tries = 0;
  unsigned symbol = 0;
  std::size_t farthest = 0;  // distance under this symbol
  unsigned to_beat = 3;
  std::uint32_t needed = word;
  for (std::uint32_t place = head4_[hash4(here)]; place != 0 && tries < most_tries;
       ++tries, place = previous4_[place - 1]) {
    const std::size_t distance = at - (origin_ + place - 1);
    if (distance > farthest) {
      if (distance > kWindow) break;
      symbol = distance_symbol(static_cast<unsigned>(distance));
      farthest = last_distance(symbol);
      to_beat = 3;
      needed = word;
    }
    const std::uint8_t* there = here - distance;
    if (four_bytes(there + to_beat - 3) != needed || four_bytes(there) != word) continue;
    const unsigned length = 4 + common_length(here + 4, there + 4, most - 4);
    if (length <= to_beat) continue;
    if (to_beat > 3) found_.pop_back();
    found_.emplace_back(length, static_cast<unsigned>(distance), symbol);
    if (length == most) break;
    to_beat = length;
    needed = four_bytes(here + to_beat - 3);
  }
  tries_left_ -= std::min(tries, tries_left_);
}

void Matches::search(ByteView bytes, std::size_t at, std::size_t end) {
  const auto most = static_cast<unsigned>(std::min<std::size_t>(kLongestMatch, end - at));
  if (most < kShortestMatch) return;
  const std::size_t first = found_.size();
  search_threes(bytes, at);
  const std::size_t first_long = found_.size();
  if (most > kShortestMatch) search_long(bytes, at, most);
  // A match of three is beaten by a longer one under the same symbol. Both lists go from near to far.
  const auto threes_end = found_.begin() + static_cast<std::ptrdiff_t>(first_long);
  auto longer = threes_end;
  const auto kept = std::remove_if(found_.begin() + static_cast<std::ptrdiff_t>(first), threes_end,
                                   [&](const Match& three) {
                                     while (longer != found_.end() && longer->symbol() < three.symbol())
                                       ++longer;
                                     return longer != found_.end() && longer->symbol() == three.symbol();
                                   });
  found_.erase(kept, threes_end);
  sort_longest_first(std::span(found_).subspan(first));
}

void Matches::find(ByteView bytes, std::size_t begin, std::size_t end) {
  origin_ = begin - std::min<std::size_t>(begin, kWindow);
  found_.clear();
  first_.clear();
  head3_.assign(kHashSize, 0);
  head4_.assign(kHashSize, 0);
  previous3_.assign(end - origin_, 0);
  previous4_.assign(end - origin_, 0);
  tries_left_ = kTriesOfAByte * (end - begin);
  const ByteView until_end = bytes.first(end);
  for (std::size_t at = origin_; at < begin; ++at) insert(until_end, at);
  for (std::size_t at = begin; at < end; ++at) {
    first_.push_back(static_cast<std::uint32_t>(found_.size()));
    search(until_end, at, end);
    insert(until_end, at);
  }
  first_.push_back(static_cast<std::uint32_t>(found_.size()));
}

}  // namespace slim::deflate
