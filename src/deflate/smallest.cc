// The circle that every optimal DEFLATE encoder walks: the best parse depends on the codes, the codes on the
// blocks, and the blocks on the parse. It is walked until a turn gives next to nothing. Zopfli does the same
// for blocks whose borders are fixed early; here each turn moves, cuts and joins them anew, and the parser
// has more to choose from (matches.cc). Most turns go by entropy, which says what a symbol will cost once the
// codes have followed; the last ones go by the codes, which is what it does cost.
//
// A file is worked on in segments, of any of which nothing depends on another, so that memory is bounded and
// threads can share a file. A segment copies from the bytes before it, but has blocks of its own, and all but
// the last end at a whole byte with an empty stored block: five bytes of 400,000.
#include "deflate/smallest.h"

#include <algorithm>
#include <vector>

#include "deflate/parse.h"
#include "deflate/split.h"

namespace slim::deflate {
namespace {

constexpr std::size_t kSegment = std::size_t{384} << 10;
constexpr int kMostTurns = 20;
constexpr int kLastTurns = 2;                 // by the codes
constexpr std::uint64_t kWorthwhile = 5'000;  // a turn must give this part of all, or it was the last

struct Encoding {
  std::vector<Step> steps;
  std::vector<std::size_t> begins;  // of blocks: index of a step
  std::vector<BlockCode> codes;
  std::uint64_t bits = UINT64_MAX;

  std::span<const Step> block(std::size_t i) const {
    const std::size_t end = i + 1 < begins.size() ? begins[i + 1] : steps.size();
    return std::span(steps).subspan(begins[i], end - begins[i]);
  }
};

std::size_t bytes_of(std::span<const Step> steps) {
  std::size_t sum = 0;
  for (const Step& step : steps) sum += step.length;
  return sum;
}

class Segment {
 public:
  Segment(ByteView bytes, std::size_t begin, std::size_t end) : bytes_(bytes.subspan(begin, end - begin)) {
    matches_.find(bytes, begin, end);
  }

  const Encoding& best() {
    const Costs guess = first_guess(bytes_);
    const CostRange all{.begin = 0, .costs = &guess};
    parser_.parse(bytes_, matches_, std::span(&all, 1), at_hand_.steps);
    at_hand_.begins = split(at_hand_.steps);
    settle_codes(Effort::quick);
    for (int turn = 0; turn < kMostTurns && turn_once(CostsBy::entropy); ++turn) {
    }
    at_hand_ = best_;
    settle_codes(Effort::thorough);
    for (int turn = 0; turn < kLastTurns; ++turn) turn_once(CostsBy::code);
    return best_;
  }

 private:
  enum class CostsBy : std::uint8_t { entropy, code };

  // Says whether it was worth it.
  bool turn_once(CostsBy by) {
    const std::uint64_t before = best_.bits;
    parse_again(by);
    if (by == CostsBy::entropy) refine(at_hand_.steps, at_hand_.begins);
    settle_codes(by == CostsBy::entropy ? Effort::quick : Effort::thorough);
    return at_hand_.bits + before / kWorthwhile < before;
  }

  void settle_codes(Effort effort) {
    at_hand_.codes.clear();
    at_hand_.bits = 0;
    for (std::size_t i = 0; i < at_hand_.begins.size(); ++i) {
      at_hand_.codes.push_back(best_code(count(at_hand_.block(i)), effort));
      at_hand_.bits += at_hand_.codes.back().bits;
    }
    if (at_hand_.bits < best_.bits) best_ = at_hand_;
  }

  void parse_again(CostsBy by) {
    std::vector<Costs> costs;
    std::vector<CostRange> ranges;
    std::size_t at = 0;
    for (std::size_t i = 0; i < at_hand_.begins.size(); ++i) {
      const Histogram histogram = count(at_hand_.block(i));
      costs.push_back(by == CostsBy::entropy ? costs_of(histogram) : costs_of(at_hand_.codes[i], histogram));
      ranges.push_back({.begin = at, .costs = nullptr});
      at += bytes_of(at_hand_.block(i));
    }
    for (std::size_t i = 0; i < ranges.size(); ++i) ranges[i].costs = &costs[i];
    parser_.parse(bytes_, matches_, ranges, at_hand_.steps);
    find_begins(ranges);
  }

  // The blocks begin where they did, or at the end of the match that now reaches across.
  void find_begins(std::span<const CostRange> ranges) {
    at_hand_.begins.clear();
    std::size_t at = 0;
    std::size_t range = 0;
    for (std::size_t i = 0; i < at_hand_.steps.size(); ++i) {
      if (range < ranges.size() && at >= ranges[range].begin) at_hand_.begins.push_back(i);
      while (range < ranges.size() && at >= ranges[range].begin) ++range;
      at += at_hand_.steps[i].length;
    }
  }

  ByteView bytes_;
  Matches matches_;
  Parser parser_;
  Encoding at_hand_;
  Encoding best_;
};

Bytes compress_segment(ByteView bytes, std::size_t begin, std::size_t end) {
  const bool last_segment = end == bytes.size();
  Segment segment(bytes, begin, end);
  const Encoding& best = segment.best();
  BitWriter out;
  std::size_t at = begin;
  for (std::size_t i = 0; i < best.begins.size(); ++i) {
    const std::size_t size = bytes_of(best.block(i));
    const bool last = last_segment && i + 1 == best.begins.size();
    write_block(out, best.block(i), bytes.subspan(at, size), best.codes[i], last);
    at += size;
  }
  if (!last_segment && out.bits_in_last_byte() != 0) write_stored(out, {}, false);
  return out.take();
}

}  // namespace

Bytes compress_smallest(ByteView bytes, const ForEach& for_each) {
  std::vector<Bytes> parts((bytes.size() + kSegment - 1) / kSegment);
  for_each(parts.size(), [&](std::size_t i) {
    parts[i] = compress_segment(bytes, i * kSegment, std::min((i + 1) * kSegment, bytes.size()));
  });
  Bytes all = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) all.insert(all.end(), parts[i].begin(), parts[i].end());
  return all;
}

}  // namespace slim::deflate
