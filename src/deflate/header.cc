// The lengths are run-length coded, and under a prefix code themselves. The runs are chosen by dynamic
// programming against the code that the last choice led to, a few times over.
#include "deflate/header.h"

#include <algorithm>

#include "deflate/huffman.h"

namespace slim::deflate {
namespace {

constexpr std::array<std::uint8_t, kHeaderSymbols> kHeaderOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                                   11, 4,  12, 3, 13, 2, 14, 1, 15};
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

}  // namespace

Header header_of(std::span<const std::uint8_t> literals, std::span<const std::uint8_t> distances) {
  Header header;
  header.literals = static_cast<unsigned>(literals.size());
  while (header.literals > 257 && literals[header.literals - 1] == 0) --header.literals;
  header.distances = static_cast<unsigned>(distances.size());
  while (header.distances > 1 && distances[header.distances - 1] == 0) --header.distances;
  Lengths storage;
  std::copy_n(literals.begin(), header.literals, storage.begin());
  std::copy_n(distances.begin(), header.distances, storage.begin() + header.literals);
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

void write_header(BitWriter& out, const Header& header) {
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

}  // namespace slim::deflate
