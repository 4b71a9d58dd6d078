// --level max: streams of its own, which every inflater must give back, and which are smaller than the
// library's.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "deflate/block.h"
#include "deflate/deflate.h"
#include "deflate/header.h"
#include "deflate/huffman.h"
#include "deflate/smallest.h"
#include "parallel/parallel.h"

namespace slim::deflate {
namespace {

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

Bytes noise(std::size_t size, unsigned alphabet) {
  std::mt19937 random(7);
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random() % alphabet);
  return bytes;
}

// Records of 24 bytes, as tables of symbols are.
Bytes records(std::size_t count) {
  std::mt19937 random(11);
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) {
    for (unsigned field = 0; field < 6; ++field) {
      const std::size_t value = field == 0 ? i * 37 + random() % 5 : field * 1000 + random() % 3;
      for (unsigned shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    }
  }
  return bytes;
}

Bytes prose(std::size_t size) {
  std::mt19937 random(3);
  const std::string_view words[] = {"import ", "return ", "self", ".", "value", " = ",
                                    "None\n",  "    ",    "(",    ")", "def ",  "x"};
  std::string text;
  while (text.size() < size) text += words[random() % std::size(words)];
  return bytes_of(text);
}

void expect_round_trip(const Bytes& bytes) {
  const Bytes packed = compress_smallest(bytes, one_after_the_other);
  const Result<Bytes> back = decompress(packed, bytes.size());
  ASSERT_TRUE(back.has_value()) << back.error().what;
  EXPECT_TRUE(*back == bytes);
}

TEST(SmallestDeflate, GivesBackWhateverItGets) {
  expect_round_trip(bytes_of("a"));
  expect_round_trip(bytes_of("ab"));
  expect_round_trip(bytes_of("aaa"));
  expect_round_trip(Bytes(258, 'x'));
  expect_round_trip(Bytes(259, 'x'));
  expect_round_trip(Bytes(70'000, 0));
  expect_round_trip(noise(1, 256));
  expect_round_trip(noise(200'000, 256));  // stored blocks, each of them more than 65,535 bytes
  expect_round_trip(noise(50'000, 2));
  expect_round_trip(noise(50'000, 20));
  expect_round_trip(records(5'000));
  expect_round_trip(prose(100'000));
}

// The farthest match there is, and one that is too far by a byte.
TEST(SmallestDeflate, CopiesFromAWindowAndNoFarther) {
  const Bytes phrase = bytes_of("a phrase that stands nowhere else, 0123456789");
  for (const std::size_t distance : {32'767U, 32'768U, 32'769U}) {
    Bytes bytes = phrase;
    const Bytes between = noise(distance - phrase.size(), 256);
    bytes.insert(bytes.end(), between.begin(), between.end());
    bytes.insert(bytes.end(), phrase.begin(), phrase.end());
    expect_round_trip(bytes);
  }
}

TEST(SmallestDeflate, SegmentsJoin) {
  Bytes bytes = prose(600'000);
  const Bytes middle = noise(600'000, 256);  // a segment that ends in a stored block
  bytes.insert(bytes.end(), middle.begin(), middle.end());
  const Bytes end = records(30'000);
  bytes.insert(bytes.end(), end.begin(), end.end());
  bytes.resize(3 * (std::size_t{512} << 10));  // and a last one that is full
  expect_round_trip(bytes);
}

TEST(SmallestDeflate, AnyNumberOfThreadsGivesTheSameBytes) {
  Bytes bytes = prose(600'000);
  const Bytes more = records(2'000);
  bytes.insert(bytes.end(), more.begin(), more.end());
  const Bytes alone = compress_smallest(bytes, one_after_the_other);
  for (const unsigned threads : {2U, 5U}) {
    EXPECT_TRUE(alone == compress_smallest(bytes, [&](std::size_t count, const auto& work) {
                  parallel_for(count, threads, work);
                }));
  }
}

TEST(SmallestDeflate, NoLevelAboveTheDefaultGivesMore) {
  for (const Bytes& bytes : {records(20'000), prose(200'000)}) {
    std::size_t before = compress(bytes, 6)->size();
    for (int level = 7; level <= kHighestLevel; ++level) {
      const std::size_t size = compress(bytes, level)->size();
      EXPECT_LE(size, before) << level;
      before = size;
    }
    EXPECT_LT(compress(bytes, kSmallest)->size(), before);
  }
}

// A .gz in which nothing repeats but a little at its end: it is worth a few bytes, and no search for them.
TEST(SmallestDeflate, WhatIsPackedAlreadyGetsNoEffort) {
  Bytes packed = noise(100'000, 256);
  packed[0] = 0x1f;
  packed[1] = 0x8b;
  packed[2] = 8;
  EXPECT_FALSE(compress(packed, kSmallest).has_value());
  const Bytes end(packed.end() - 1000, packed.end());
  packed.insert(packed.end(), end.begin(), end.end());
  EXPECT_FALSE(compress(packed, 9).has_value());
  const std::optional<Bytes> quick = compress(packed, kHighestLevel);
  ASSERT_TRUE(quick.has_value());
  EXPECT_LT(quick->size(), packed.size());
  EXPECT_TRUE(compress(packed, kSmallest) == quick);
}

// But one that isn't what its start says is packed as anything else is.
TEST(SmallestDeflate, AFileIsNotBelievedToBePacked) {
  Bytes text = prose(50'000);
  text[0] = 0x1f;
  text[1] = 0x8b;
  text[2] = 8;
  EXPECT_LT(compress(text, kSmallest)->size(), compress(text, kHighestLevel)->size());
  EXPECT_LT(compress(text, kHighestLevel)->size(), compress(text, 9)->size());
}

TEST(SmallestDeflate, WhatDoesNotShrinkIsStored) {
  EXPECT_FALSE(compress(noise(100'000, 256), kSmallest).has_value());
  EXPECT_FALSE(compress(bytes_of("x"), kSmallest).has_value());
}

TEST(SmallestDeflate, ManyBytesBeforeTheFirstMatchOfAnyKind) {
  Bytes bytes;
  for (unsigned i = 0; i < 256; ++i) bytes.push_back(static_cast<std::uint8_t>(i));
  expect_round_trip(bytes);
}

std::uint64_t weight_of(std::span<const std::uint32_t> frequencies, std::span<const std::uint8_t> lengths) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < frequencies.size(); ++i) bits += std::uint64_t{frequencies[i]} * lengths[i];
  return bits;
}

// Kraft's sum is 1: no word is left, and none is used twice.
void expect_complete(std::span<const std::uint8_t> lengths, unsigned limit) {
  std::uint64_t sum = 0;
  for (const std::uint8_t length : lengths) {
    EXPECT_LE(length, limit);
    if (length != 0) sum += std::uint64_t{1} << (limit - length);
  }
  EXPECT_EQ(sum, std::uint64_t{1} << limit);
}

TEST(SmallestDeflate, CodesKeepToTheirLimit) {
  std::vector<std::uint32_t> frequencies = {1, 1};
  while (frequencies.size() < 30) frequencies.push_back(frequencies.end()[-1] + frequencies.end()[-2]);
  std::vector<std::uint8_t> limited(frequencies.size());
  code_lengths(frequencies, kLongestCode, limited);
  expect_complete(limited, kLongestCode);
  std::vector<std::uint8_t> unlimited(frequencies.size());
  code_lengths(frequencies, 31, unlimited);
  EXPECT_LT(weight_of(frequencies, unlimited), weight_of(frequencies, limited));
}

// By trying all: no code of at most three bits for five symbols takes fewer bits.
TEST(SmallestDeflate, CodesAreTheShortest) {
  const std::vector<std::uint32_t> frequencies = {1, 2, 4, 30, 60};
  std::vector<std::uint8_t> lengths(frequencies.size());
  code_lengths(frequencies, 3, lengths);
  expect_complete(lengths, 3);
  std::uint64_t least = UINT64_MAX;
  std::vector<std::uint8_t> tried(5);
  for (unsigned all = 0; all < 243; ++all) {
    unsigned rest = all;
    unsigned sum = 0;
    for (std::uint8_t& length : tried) {
      length = static_cast<std::uint8_t>(1 + rest % 3);
      rest /= 3;
      sum += 8U >> length;
    }
    if (sum <= 8) least = std::min(least, weight_of(frequencies, tried));
  }
  EXPECT_EQ(weight_of(frequencies, lengths), least);
}

TEST(SmallestDeflate, CodesOfOneOrNoSymbol) {
  const std::vector<std::uint32_t> none(5);
  std::vector<std::uint8_t> lengths(5, 9);
  code_lengths(none, 7, lengths);
  EXPECT_EQ(lengths, std::vector<std::uint8_t>(5));
  code_lengths(std::vector<std::uint32_t>{0, 0, 8, 0, 0}, 7, lengths);
  EXPECT_EQ(lengths, (std::vector<std::uint8_t>{0, 0, 1, 0, 0}));
}

// Histograms of all shapes: few and many symbols, even and steep, rare and frequent.
Histogram any_histogram(std::mt19937& random) {
  Histogram histogram;
  const auto fill = [&](std::span<std::uint32_t> frequencies) {
    const auto chance = 1 + random() % 100;
    const auto steepness = random() % 20;
    for (std::uint32_t& frequency : frequencies) {
      if (random() % 100 < chance)
        frequency = static_cast<std::uint32_t>(1 + (random() % 8 << random() % (steepness + 1)));
    }
  };
  fill(histogram.literals);
  histogram.literals[kEndOfBlock] = 0;
  fill(histogram.distances);
  ++histogram.literals[kEndOfBlock + 1];  // no distance without a length
  return histogram;
}

TEST(SmallestDeflate, CodesOfAnyHistogramAreComplete) {
  std::mt19937 random(5);
  for (int i = 0; i < 1000; ++i) {
    const Histogram histogram = i == 0 ? Histogram() : any_histogram(random);
    for (const Effort effort : {Effort::quick, Effort::thorough}) {
      const BlockCode code = best_code(histogram, effort);
      if (code.fixed) continue;
      expect_complete(code.literals, kLongestCode);
      expect_complete(code.distances, kLongestCode);
      EXPECT_NE(code.literals[kEndOfBlock], 0);
      for (unsigned symbol = 0; symbol < kLiteralSymbols; ++symbol)
        EXPECT_TRUE(histogram.literals[symbol] == 0 || code.literals[symbol] != 0) << symbol;
      for (unsigned symbol = 0; symbol < kDistanceSymbols; ++symbol)
        EXPECT_TRUE(histogram.distances[symbol] == 0 || code.distances[symbol] != 0) << symbol;
    }
  }
}

// A run of letters with a gap, as texts have them: the gap gets a word, too, where that spares the run's end.
TEST(SmallestDeflate, ACodeIsChosenWithItsHeader) {
  Histogram histogram;
  for (unsigned letter = 'a'; letter <= 'z'; ++letter) histogram.literals[letter] = 12 + letter % 3;
  histogram.literals['q'] = 0;
  std::array<std::uint8_t, kLiteralSymbols> shortest{};
  histogram.literals[kEndOfBlock] = 1;
  code_lengths(histogram.literals, kLongestCode, shortest);
  histogram.literals[kEndOfBlock] = 0;
  const BlockCode code = best_code(histogram, Effort::thorough);
  ASSERT_FALSE(code.fixed);
  const auto header = [](std::span<const std::uint8_t> literals) {
    return header_of(literals, std::array<std::uint8_t, 2>{1, 1}).bits;
  };
  EXPECT_LT(header(std::span(code.literals).first(kLiteralSymbols)), header(shortest));
  EXPECT_LT(code.bits, header(shortest) + weight_of(histogram.literals, shortest) + shortest[kEndOfBlock]);
}

}  // namespace
}  // namespace slim::deflate
