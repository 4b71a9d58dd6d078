// A block of its own code starts with the lengths of its code words, run-length coded and under a prefix code
// themselves (RFC 1951, 3.2.7): some 60 bytes, which in a package of small files are several per cent of all.
// They are attacked from two sides. The runs are chosen by dynamic programming against the code that the last
// choice led to, a few times over. And the code itself may give up bits for a shorter header: frequencies
// that lie close together are made equal, so that their words have one length and form runs; the truth is
// what the block costs in all.
#include "deflate/block.h"

#include <algorithm>

#include "deflate/huffman.h"

namespace slim::deflate {
namespace {

constexpr std::array<std::uint8_t, kHeaderSymbols> kHeaderOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                                   11, 4,  12, 3, 13, 2, 14, 1, 15};
constexpr unsigned kRepeat = 16;     // the last length, 3 … 6 times, 2 bits
constexpr unsigned kZeros = 17;      // 3 … 10, 3 bits
constexpr unsigned kManyZeros = 18;  // 11 … 138, 7 bits
constexpr std::array<std::uint8_t, kHeaderSymbols> kHeaderExtraBits = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                                                       0, 0, 0, 0, 0, 0, 2, 3, 7};

struct HeaderStep {
  std::uint8_t symbol;
  std::uint8_t extra;
  std::uint8_t covers;
};

struct Header {
  std::vector<HeaderStep> steps;
  std::array<std::uint8_t, kHeaderSymbols> lengths{};
  unsigned literals = 257;  // how many lengths are written
  unsigned distances = 1;
  unsigned header_lengths = 4;
  std::uint64_t bits = 0;
};

using Lengths = std::array<std::uint8_t, kLiteralSymbols + kDistanceSymbols>;

std::array<std::uint32_t, kHeaderSymbols> frequencies_of(std::span<const HeaderStep> steps) {
  std::array<std::uint32_t, kHeaderSymbols> frequencies{};
  for (const HeaderStep& step : steps) ++frequencies[step.symbol];
  return frequencies;
}

// The longest runs from left to right.
void greedy_runs(std::span<const std::uint8_t> lengths, std::vector<HeaderStep>& steps) {
  steps.clear();
  for (std::size_t i = 0; i < lengths.size();) {
    std::size_t run = 1;
    while (i + run < lengths.size() && lengths[i + run] == lengths[i]) ++run;
    const std::uint8_t value = lengths[i];
    i += run;
    if (value != 0) {
      steps.push_back({value, 0, 1});
      --run;
    }
    while (run > 0) {
      if (value == 0 && run >= 11) {
        const std::size_t part = std::min<std::size_t>(run, 138);
        steps.push_back({kManyZeros, static_cast<std::uint8_t>(part - 11), static_cast<std::uint8_t>(part)});
        run -= part;
      } else if (value == 0 && run >= 3) {
        steps.push_back({kZeros, static_cast<std::uint8_t>(run - 3), static_cast<std::uint8_t>(run)});
        run = 0;
      } else if (value != 0 && run >= 3) {
        const std::size_t part = std::min<std::size_t>(run, 6);
        steps.push_back({kRepeat, static_cast<std::uint8_t>(part - 3), static_cast<std::uint8_t>(part)});
        run -= part;
      } else {
        steps.push_back({value, 0, 1});
        --run;
      }
    }
  }
}

// The runs that cost least under a code for them.
void best_runs(std::span<const std::uint8_t> lengths, std::span<const std::uint8_t> code,
               std::vector<HeaderStep>& steps) {
  constexpr std::uint32_t unused = kLongestHeaderCode + 1;  // a symbol that the code has no word for
  const auto cost_of = [&](unsigned symbol) {
    return (code[symbol] == 0 ? unused : code[symbol]) + kHeaderExtraBits[symbol];
  };
  const std::size_t n = lengths.size();
  std::array<std::uint32_t, std::tuple_size_v<Lengths> + 1> cost;
  std::array<HeaderStep, std::tuple_size_v<Lengths>> choice;
  cost[n] = 0;
  std::size_t run = 0;
  for (std::size_t i = n; i-- > 0;) {
    run = i + 1 < n && lengths[i + 1] == lengths[i] ? run + 1 : 1;
    cost[i] = cost_of(lengths[i]) + cost[i + 1];
    choice[i] = {lengths[i], 0, 1};
    const auto offer = [&](unsigned symbol, std::size_t least, std::size_t most) {
      for (std::size_t part = least; part <= std::min(run, most); ++part) {
        const std::uint32_t offered = cost_of(symbol) + cost[i + part];
        if (offered >= cost[i]) continue;
        cost[i] = offered;
        choice[i] = {static_cast<std::uint8_t>(symbol), static_cast<std::uint8_t>(part - least),
                     static_cast<std::uint8_t>(part)};
      }
    };
    if (lengths[i] == 0) {
      offer(kZeros, 3, 10);
      offer(kManyZeros, 11, 138);
    } else if (i > 0 && lengths[i - 1] == lengths[i]) {
      offer(kRepeat, 3, 6);
    }
  }
  steps.clear();
  for (std::size_t i = 0; i < n; i += choice[i].covers) steps.push_back(choice[i]);
}

// Inflaters want a complete code here, so two symbols at least have a word.
void code_for_runs(Header& header) {
  std::array<std::uint32_t, kHeaderSymbols> frequencies = frequencies_of(header.steps);
  if (std::ranges::count(frequencies, 0U) == kHeaderSymbols - 1) ++frequencies[frequencies[0] == 0 ? 0 : 1];
  code_lengths(frequencies, kLongestHeaderCode, header.lengths);
  header.header_lengths = kHeaderSymbols;
  while (header.header_lengths > 4 && header.lengths[kHeaderOrder[header.header_lengths - 1]] == 0)
    --header.header_lengths;
  header.bits = 3 + 5 + 5 + 4 + 3 * header.header_lengths;
  for (const HeaderStep& step : header.steps)
    header.bits += header.lengths[step.symbol] + kHeaderExtraBits[step.symbol];
}

Header header_of(const BlockCode& code) {
  Header header;
  header.literals = kLiteralSymbols;
  while (header.literals > 257 && code.literals[header.literals - 1] == 0) --header.literals;
  header.distances = kDistanceSymbols;
  while (header.distances > 1 && code.distances[header.distances - 1] == 0) --header.distances;
  Lengths storage;
  std::copy_n(code.literals.begin(), header.literals, storage.begin());
  std::copy_n(code.distances.begin(), header.distances, storage.begin() + header.literals);
  const std::span<const std::uint8_t> lengths(storage.data(), header.literals + header.distances);

  greedy_runs(lengths, header.steps);
  code_for_runs(header);
  Header next = header;
  constexpr int rounds = 4;
  for (int i = 0; i < rounds; ++i) {
    best_runs(lengths, next.lengths, next.steps);
    code_for_runs(next);
    if (next.bits >= header.bits) break;
    header = next;
  }
  return header;
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

BlockCode code_of(Histogram shaped, const Histogram& truth) {
  BlockCode code;
  shaped.literals[kEndOfBlock] = 1;
  two_distances(shaped.distances);
  code_lengths(shaped.literals, kLongestCode, std::span(code.literals).first(kLiteralSymbols));
  code_lengths(shaped.distances, kLongestCode, std::span(code.distances).first(kDistanceSymbols));
  code.bits = header_of(code).bits + bits_of_symbols(truth, code);
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

// Makes neighbours equal that lie within `slack` sixteenths of their mean, give or take one.
void even_out(std::span<std::uint32_t> frequencies, std::uint32_t slack) {
  std::size_t begin = 0;
  std::uint64_t sum = 0;
  const auto close = [&](std::size_t end) {
    const std::size_t n = end - begin;
    if (n >= 4 && sum > 0) {
      const auto mean = static_cast<std::uint32_t>(std::max<std::uint64_t>((sum + n / 2) / n, 1));
      for (std::size_t i = begin; i < end; ++i) frequencies[i] = mean;
    }
    begin = end;
    sum = 0;
  };
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    const std::uint64_t n = i - begin;
    const std::uint64_t value = frequencies[i];
    if (n > 0) {
      const std::uint64_t mean = sum / n;
      const std::uint64_t gap = mean > value ? mean - value : value - mean;
      const bool both_or_none = (value == 0) == (sum == 0);
      if (!both_or_none || gap * 16 > mean * slack + 16) close(i);
    }
    sum += value;
  }
  close(frequencies.size());
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

BlockCode best_code(const Histogram& histogram) {
  BlockCode best = fixed_code(histogram);
  const auto offer = [&](const Histogram& shaped) {
    const BlockCode code = code_of(shaped, histogram);
    if (code.bits < best.bits) best = code;
  };
  offer(histogram);
  for (const std::uint32_t slack : {2U, 4U, 7U, 10U}) {
    Histogram shaped = histogram;
    even_out(shaped.literals, slack);
    even_out(shaped.distances, slack);
    offer(shaped);
  }
  return best;
}

namespace {

// 3 bits of header, then bytes; each part of at most 65,535.
std::uint64_t bits_when_stored(std::size_t size, unsigned held) {
  const std::uint64_t parts = std::max<std::uint64_t>((size + kLargestStored - 1) / kLargestStored, 1);
  const std::uint64_t first = (held + 3 + 7) / 8 * 8 - held;
  return first + (parts - 1) * 8 + parts * 32 + 8 * std::uint64_t{size};
}

void write_header(BitWriter& out, const BlockCode& code) {
  const Header header = header_of(code);
  out.put(header.literals - 257, 5);
  out.put(header.distances - 1, 5);
  out.put(header.header_lengths - 4, 4);
  for (unsigned i = 0; i < header.header_lengths; ++i) out.put(header.lengths[kHeaderOrder[i]], 3);
  std::array<std::uint16_t, kHeaderSymbols> words;
  code_words(header.lengths, words);
  for (const HeaderStep& step : header.steps) {
    out.put(words[step.symbol], header.lengths[step.symbol]);
    out.put(step.extra, kHeaderExtraBits[step.symbol]);
  }
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
  if (!code.fixed) write_header(out, code);
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
