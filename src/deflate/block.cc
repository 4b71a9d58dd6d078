// A block's header lists the lengths of its code words: some 60 bytes, which in a package of small files are
// several per cent of all. So the best code isn't the one that takes the fewest bits for the symbols, but the
// one that takes the fewest with its header. Candidates come from shape.cc; the truth is what the block costs
// in all.
#include "deflate/block.h"

#include <algorithm>

#include "deflate/header.h"
#include "deflate/huffman.h"
#include "deflate/shape.h"

namespace slim::deflate {
namespace {

Header header_for(const BlockCode& code) {
  return header_of(std::span(code.literals).first(kLiteralSymbols),
                   std::span(code.distances).first(kDistanceSymbols));
}

std::uint64_t bits_of_symbols(const Histogram& histogram, const BlockCode& code) {
  std::uint64_t bits = code.literals[kEndOfBlock];
  for (unsigned i = 0; i < kLiteralSymbols; ++i) {
    bits += std::uint64_t{histogram.literals[i]} * (code.literals[i] + length_extra_bits(i));
  }
  for (unsigned i = 0; i < kDistanceSymbols; ++i)
    bits += std::uint64_t{histogram.distances[i]} * (code.distances[i] + distance_extra_bits(i));
  return bits;
}

// Old inflaters refuse a distance code of fewer than two words.
void two_distances(std::span<std::uint32_t> frequencies) {
  for (std::size_t used = kDistanceSymbols - static_cast<std::size_t>(std::ranges::count(frequencies, 0U)),
                   i = 0;
       used < 2; ++i) {
    if (frequencies[i] != 0) continue;
    frequencies[i] = 1;
    ++used;
  }
}

BlockCode code_of(const Histogram& shaped, const Histogram& truth) {
  BlockCode code;
  code_lengths(shaped.literals, kLongestCode, std::span(code.literals).first(kLiteralSymbols));
  code_lengths(shaped.distances, kLongestCode, std::span(code.distances).first(kDistanceSymbols));
  code.bits = header_for(code).bits + bits_of_symbols(truth, code);
  return code;
}

BlockCode fixed_code(const Histogram& truth) {
  BlockCode code;
  code.fixed = true;
  for (unsigned i = 0; i < code.literals.size(); ++i)
    code.literals[i] = static_cast<std::uint8_t>(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
  code.distances.fill(5);
  code.bits = 3 + bits_of_symbols(truth, code);
  return code;
}

}  // namespace

void Histogram::add(const Step& step) {
  if (step.distance == 0) {
    ++literals[step.literal];
  } else {
    ++literals[kLengthSymbols[step.length].symbol];
    ++distances[distance_symbol(step.distance)];
  }
}

Histogram& Histogram::operator+=(const Histogram& other) {
  for (std::size_t i = 0; i < literals.size(); ++i) literals[i] += other.literals[i];
  for (std::size_t i = 0; i < distances.size(); ++i) distances[i] += other.distances[i];
  return *this;
}

Histogram& Histogram::operator-=(const Histogram& other) {
  for (std::size_t i = 0; i < literals.size(); ++i) literals[i] -= other.literals[i];
  for (std::size_t i = 0; i < distances.size(); ++i) distances[i] -= other.distances[i];
  return *this;
}

Histogram count(std::span<const Step> steps) {
  Histogram histogram;
  for (const Step& step : steps) histogram.add(step);
  return histogram;
}

BlockCode best_code(const Histogram& histogram, Effort effort) {
  constexpr int most_rounds = 4;
  Histogram all = histogram;
  all.literals[kEndOfBlock] = 1;
  two_distances(all.distances);
  BlockCode best = code_of(all, histogram);
  for (int round = 0; effort == Effort::thorough && round < most_rounds; ++round) {
    const std::uint64_t before = best.bits;
    const Shaper shaper(all, header_for(best));
    for (int pull = -kMostPull; pull <= kMostPull; ++pull) {
      const BlockCode code = code_of(shaper.shape(pull), histogram);
      if (code.bits < best.bits) best = code;
    }
    if (best.bits == before) break;
  }
  const BlockCode fixed = fixed_code(histogram);
  return fixed.bits <= best.bits ? fixed : best;
}

namespace {

// 3 bits of header, then bytes; each part of at most 65,535.
std::uint64_t bits_when_stored(std::size_t size, unsigned held) {
  const std::uint64_t parts = std::max<std::uint64_t>((size + kLargestStored - 1) / kLargestStored, 1);
  const std::uint64_t first = (held + 3 + 7) / 8 * 8 - held;
  return first + (parts - 1) * 8 + parts * 32 + 8 * std::uint64_t{size};
}

}  // namespace

void write_stored(BitWriter& out, ByteView bytes, bool last) {
  do {
    const std::size_t part = std::min<std::size_t>(bytes.size(), kLargestStored);
    out.put(last && part == bytes.size() ? 1 : 0, 3);
    out.align();
    out.put(static_cast<std::uint32_t>(part), 16);
    out.put(static_cast<std::uint32_t>(part ^ 0xffff), 16);
    out.put_bytes(bytes.first(part));
    bytes = bytes.subspan(part);
  } while (!bytes.empty());
}

void write_block(BitWriter& out, std::span<const Step> steps, ByteView bytes, const BlockCode& code,
                 bool last) {
  if (bits_when_stored(bytes.size(), out.bits_in_last_byte()) < code.bits)
    return write_stored(out, bytes, last);
  out.put((last ? 1U : 0U) | (code.fixed ? 1U : 2U) << 1, 3);
  if (!code.fixed) write_header(out, header_for(code));
  std::array<std::uint16_t, kLiteralSymbols + 2> literal_words;
  std::array<std::uint16_t, kDistanceSymbols + 2> distance_words;
  code_words(code.literals, literal_words);
  code_words(code.distances, distance_words);
  for (const Step& step : steps) {
    if (step.distance == 0) {
      out.put(literal_words[step.literal], code.literals[step.literal]);
      continue;
    }
    const LengthSymbol length = kLengthSymbols[step.length];
    out.put(literal_words[length.symbol], code.literals[length.symbol]);
    out.put(length.extra, length.extra_bits);
    const unsigned symbol = distance_symbol(step.distance);
    out.put(distance_words[symbol], code.distances[symbol]);
    out.put(distance_extra(step.distance), distance_extra_bits(symbol));
  }
  out.put(literal_words[kEndOfBlock], code.literals[kEndOfBlock]);
}

}  // namespace slim::deflate
