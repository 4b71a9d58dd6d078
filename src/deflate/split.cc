// From the bottom: the steps are cut into small pieces, and the two neighbours that gain most by sharing a
// code are joined, until none do. Then each border is moved to where it costs least.
#include "deflate/split.h"

#include <algorithm>
#include <queue>

#include "deflate/estimate.h"

namespace slim::deflate {
namespace {

constexpr std::size_t kPiece = 256;        // steps
constexpr std::size_t kMostPieces = 1024;  // of a larger range the pieces are larger

struct Block {
  std::size_t begin = 0;  // index of a step
  Histogram histogram;
  std::uint64_t bits = 0;
  std::uint64_t joined_bits = 0;  // with the next
  std::size_t previous = 0;       // neighbours that are left; the index of the block itself at the ends
  std::size_t next = 0;
  unsigned age = 0;  // of what the queue knows of it
  bool gone = false;
};

struct Offer {
  std::int64_t gain;
  std::size_t block;  // and its next
  unsigned age;
  bool operator<(const Offer& other) const {
    return gain != other.gain ? gain < other.gain : block > other.block;
  }
};

std::uint64_t bits_of(const Histogram& histogram) { return estimated_bits(histogram); }

class Joiner {
 public:
  explicit Joiner(std::span<const Step> steps) {
    const std::size_t piece = std::max(kPiece, (steps.size() + kMostPieces - 1) / kMostPieces);
    for (std::size_t begin = 0; begin < steps.size(); begin += piece) {
      Block block{.begin = begin,
                  .histogram = count(steps.subspan(begin, std::min(piece, steps.size() - begin)))};
      block.bits = bits_of(block.histogram);
      block.previous = blocks_.empty() ? 0 : blocks_.size() - 1;
      block.next = blocks_.size() + 1;
      blocks_.push_back(block);
    }
    blocks_.back().next = blocks_.size() - 1;
    for (std::size_t i = 0; i + 1 < blocks_.size(); ++i) consider(i);
  }

  std::vector<std::size_t> join() {
    while (!queue_.empty() && queue_.top().gain >= 0) {
      const Offer offer = queue_.top();
      queue_.pop();
      Block& block = blocks_[offer.block];
      if (!block.gone && block.age == offer.age) join_with_next(offer.block);
    }
    std::vector<std::size_t> begins;
    for (const Block& block : blocks_) {
      if (!block.gone) begins.push_back(block.begin);
    }
    return begins;
  }

 private:
  void consider(std::size_t i) {
    Block& block = blocks_[i];
    ++block.age;
    if (block.next == i) return;
    const Block& next = blocks_[block.next];
    Histogram both = block.histogram;
    both += next.histogram;
    block.joined_bits = bits_of(both);
    queue_.push(
        {static_cast<std::int64_t>(block.bits + next.bits) - static_cast<std::int64_t>(block.joined_bits), i,
         block.age});
  }

  void join_with_next(std::size_t i) {
    Block& block = blocks_[i];
    Block& next = blocks_[block.next];
    block.histogram += next.histogram;
    block.bits = block.joined_bits;
    next.gone = true;
    if (next.next == block.next) {
      block.next = i;
    } else {
      block.next = next.next;
      blocks_[block.next].previous = i;
    }
    consider(i);
    if (block.previous != i) consider(block.previous);
  }

  std::vector<Block> blocks_;
  std::priority_queue<Offer> queue_;
};

struct Border {
  std::size_t at = 0;
  std::uint64_t bits = UINT64_MAX;  // of both sides together
};

// Where two blocks would best meet: ever closer around the best of some places.
Border best_border(std::span<const Step> steps, std::size_t begin, std::size_t end) {
  constexpr std::size_t places = 12;
  constexpr std::size_t finest = 8;
  Border best;
  Histogram before;  // of [begin, low)
  Histogram after = count(steps.subspan(begin, end - begin));
  std::size_t low = begin;
  std::size_t high = end;
  while (high - low > finest) {
    const std::size_t stride = std::max(finest, (high - low) / places);
    Histogram left = before;
    Histogram right = after;
    std::size_t at = low;
    std::size_t best_here = low;
    std::uint64_t bits_here = UINT64_MAX;
    while (at + stride < high) {
      const Histogram part = count(steps.subspan(at, stride));
      left += part;
      right -= part;
      at += stride;
      const std::uint64_t bits = bits_of(left) + bits_of(right);
      if (bits >= bits_here) continue;
      bits_here = bits;
      best_here = at;
    }
    if (bits_here < best.bits) best = {best_here, bits_here};
    if (bits_here == UINT64_MAX || stride == finest) break;
    const std::size_t new_low = std::max(low, best_here - std::min(stride, best_here));
    const Histogram skipped = count(steps.subspan(low, new_low - low));
    before += skipped;
    after -= skipped;
    low = new_low;
    high = std::min(high, best_here + stride);
  }
  return best;
}

std::uint64_t bits_of(std::span<const Step> steps, std::size_t begin, std::size_t end) {
  return bits_of(count(steps.subspan(begin, end - begin)));
}

// Cuts a block in two, and both again, where that gains.
void cut(std::span<const Step> steps, std::size_t begin, std::size_t end, std::uint64_t bits,
         std::vector<std::size_t>& begins) {
  const Border border = best_border(steps, begin, end);
  if (border.bits >= bits) return begins.push_back(begin);
  cut(steps, begin, border.at, bits_of(steps, begin, border.at), begins);
  cut(steps, border.at, end, bits_of(steps, border.at, end), begins);
}

}  // namespace

void refine(std::span<const Step> steps, std::vector<std::size_t>& begins) {
  std::vector<std::size_t> cuts;
  const auto end_of = [&](const std::vector<std::size_t>& of, std::size_t i) {
    return i + 1 < of.size() ? of[i + 1] : steps.size();
  };
  for (std::size_t i = 0; i < begins.size(); ++i)
    cut(steps, begins[i], end_of(begins, i), bits_of(steps, begins[i], end_of(begins, i)), cuts);
  begins.clear();
  begins.push_back(0);
  for (std::size_t i = 1; i < cuts.size(); ++i) {
    const std::size_t begin = begins.back();
    const std::size_t end = end_of(cuts, i);
    const std::uint64_t now = bits_of(steps, begin, cuts[i]) + bits_of(steps, cuts[i], end);
    if (bits_of(steps, begin, end) <= now) continue;
    const Border border = best_border(steps, begin, end);
    begins.push_back(border.bits < now ? border.at : cuts[i]);
  }
}

std::vector<std::size_t> split(std::span<const Step> steps) {
  std::vector<std::size_t> begins = Joiner(steps).join();
  refine(steps, begins);
  return begins;
}

}  // namespace slim::deflate
