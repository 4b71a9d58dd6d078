// To find where blocks should end, thousands of candidates are weighed against each other. Building the codes
// of each would take most of the time. Entropy says within a per cent what they come to, and its rounded
// shares are nearly the lengths that the header lists; of the header's own code the entropy will do, too.
#include "deflate/estimate.h"

#include <algorithm>

#include "deflate/log2.h"

namespace slim::deflate {
namespace {

// The header's symbols that a run of equal lengths takes (RFC 1951, 3.2.7), and bits behind them.
class HeaderEstimate {
 public:
  void add(unsigned length) {
    if (length == length_ && run_ > 0) {
      ++run_;
      return;
    }
    end_run();
    length_ = length;
    run_ = 1;
  }

  std::uint64_t bits() {
    end_run();
    std::uint32_t sum = 0;
    for (const std::uint32_t frequency : frequencies_) sum += frequency;
    std::uint64_t parts = 0;
    for (const std::uint32_t frequency : frequencies_) {
      if (frequency != 0)
        parts += std::uint64_t{frequency} * std::max(log2_of(sum) - log2_of(frequency), kBit);
    }
    constexpr std::uint64_t fixed_part = 3 + 14 + 3 * 15;  // nearly all of its 19 lengths are listed
    return fixed_part + parts / kBit + extra_bits_;
  }

 private:
  void use(unsigned symbol, unsigned times, unsigned extra_bits) {
    frequencies_[symbol] += times;
    extra_bits_ += times * extra_bits;
  }

  void end_run() {
    if (run_ == 0) return;
    if (length_ == 0) {
      use(18, run_ / 138, 7);
      run_ %= 138;
      if (run_ >= 11) return use(18, 1, 7);
      if (run_ >= 3) return use(17, 1, 3);
      return use(0, run_, 0);
    }
    use(length_, 1, 0);
    --run_;
    use(16, run_ / 6, 2);
    run_ %= 6;
    if (run_ >= 3) return use(16, 1, 2);
    use(length_, run_, 0);
  }

  std::array<std::uint32_t, kHeaderSymbols> frequencies_{};
  std::uint64_t extra_bits_ = 0;
  unsigned length_ = 0;
  unsigned run_ = 0;
};

// What becomes of a header once the lengths are chosen with a view to it (shape.cc), in per cent.
constexpr std::uint64_t kShaped = 79;

// Of one alphabet; its words' lengths go into the header. In parts of a bit.
template <std::size_t N>
std::uint64_t entropy(const std::array<std::uint32_t, N>& frequencies, HeaderEstimate& header) {
  std::uint32_t sum = 0;
  std::size_t used = 0;
  for (std::size_t i = 0; i < N; ++i) {
    sum += frequencies[i];
    if (frequencies[i] != 0) used = i + 1;
  }
  if (sum == 0) return 0;
  const std::uint32_t all = log2_of(sum);
  std::uint64_t parts = 0;
  for (std::size_t i = 0; i < used; ++i) {
    const std::uint32_t share = frequencies[i] == 0 ? 0 : all - log2_of(frequencies[i]);
    parts += std::uint64_t{frequencies[i]} * std::max(share, kBit / 2);
    header.add(frequencies[i] == 0 ? 0 : std::clamp((share + kBit / 2) / kBit, 1U, kLongestCode));
  }
  return parts;
}

}  // namespace

std::uint64_t estimated_bits(const Histogram& histogram) {
  HeaderEstimate header;
  std::uint64_t parts = 0;
  Histogram with_end = histogram;
  with_end.literals[kEndOfBlock] = 1;
  parts += entropy(with_end.literals, header);
  parts += entropy(with_end.distances, header);
  std::uint64_t extra = 0;
  for (unsigned i = kEndOfBlock + 1; i < kLiteralSymbols; ++i)
    extra += std::uint64_t{histogram.literals[i]} * length_extra_bits(i);
  for (unsigned i = 0; i < kDistanceSymbols; ++i)
    extra += std::uint64_t{histogram.distances[i]} * distance_extra_bits(i);
  return parts / kBit + extra + header.bits() * kShaped / 100;
}

}  // namespace slim::deflate
