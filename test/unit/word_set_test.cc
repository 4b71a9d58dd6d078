// Words of a list are found wherever string_view::find finds them.
#include "util/word_set.h"

#include <gtest/gtest.h>

#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace slim {
namespace {

std::uint64_t found_one_by_one(const std::vector<std::string_view>& words, std::string_view text) {
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (text.find(words[i]) != std::string_view::npos) found |= std::uint64_t{1} << i;
  }
  return found;
}

std::string random_text(std::mt19937& random, std::size_t size, int letters) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i)
    text += static_cast<char>('a' + static_cast<int>(random() % static_cast<unsigned>(letters)));
  return text;
}

TEST(WordSet, FindsWhatIsThere) {
  const WordSet words{"RECORD", "-info", "files", "pkg_resources"};
  EXPECT_EQ(words.found_in("x.dist-info/RECORD"), 0b0011U);
  EXPECT_EQ(words.found_in("files"), 0b0100U);
  EXPECT_EQ(words.found_in("file"), 0U);
  EXPECT_EQ(words.found_in(""), 0U);
  EXPECT_TRUE(words.is_any_in("import pkg_resources"));
  EXPECT_FALSE(words.is_any_in("import pkg-resources"));
}

TEST(WordSet, WordsMayBeginOtherWordsLieInThemAndOverlapThem) {
  const std::vector<std::string_view> words{"boto", "boto3", "oto", "3core", "to3c"};
  EXPECT_EQ(WordSet(words).found_in("a boto3core"), 0b11111U);
  EXPECT_EQ(WordSet(words).found_in("a boto 3core"), 0b01101U);
}

TEST(WordSet, AgreesWithSearchingOneByOne) {
  std::mt19937 random(7);
  std::size_t hits = 0;
  for (int round = 0; round < 2000; ++round) {
    const int letters = 2 + round % 4;
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < 1 + random() % 12; ++i)
      kept.push_back(random_text(random, 3 + random() % 7, letters));
    const std::vector<std::string_view> words(kept.begin(), kept.end());
    const std::string text = random_text(random, random() % 60, letters);
    const std::uint64_t expected = found_one_by_one(words, text);
    ASSERT_EQ(WordSet(words).found_in(text), expected) << text;
    ASSERT_EQ(WordSet(words).is_any_in(text), expected != 0) << text;
    hits += expected != 0 ? 1U : 0U;
  }
  EXPECT_GT(hits, 500U);
}

TEST(WordSet, TakesSixtyFourWordsOfAnyLength) {
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < 64; ++i) kept.push_back(std::string(300, 'a') + std::to_string(100 + i));
  const std::vector<std::string_view> words(kept.begin(), kept.end());
  EXPECT_EQ(WordSet(words).found_in("x" + kept[63] + kept[0]), (std::uint64_t{1} << 63) | 1U);
  EXPECT_THROW(WordSet(std::vector<std::string_view>(65, "word")), std::invalid_argument);
  EXPECT_THROW(WordSet({"ab"}), std::invalid_argument);
}

}  // namespace
}  // namespace slim
