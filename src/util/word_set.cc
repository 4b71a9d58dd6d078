#include "util/word_set.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

// A word of n bytes covers n - 2 places at which three bytes of it begin. So whoever looks at every (n - 2)th place
// of a text, n being the length of the shortest word, meets each word at least once. What is seen there is looked
// up by a hash in a table of bits, which stays in the processor's nearest cache. No look depends on the one before
// it, so the processor does several at once; a table of distances as in the searches of Boyer and Moore or of Wu
// and Manber passes over more of the text, and was slower, as each step has to wait for the last.
namespace slim {
namespace {

constexpr std::size_t kPart = 3;
constexpr std::size_t kMostWords = 64;
constexpr unsigned kHashBits = 16;

std::uint32_t part_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(text[at + i])}; };
  return byte(0) | byte(1) << 8U | byte(2) << 16U;
}

std::uint32_t hash_of(std::uint32_t part) {
  return part * 0x9e3779b1U >> (32 - kHashBits);  // the golden ratio, as Knuth has it
}

}  // namespace

WordSet::WordSet(std::span<const std::string_view> words) : words_(words.begin(), words.end()) {
  if (words.empty() || words.size() > kMostWords) throw std::invalid_argument("a set has 1 to 64 words");
  const std::size_t shortest = std::ranges::min(words, {}, &std::string_view::size).size();
  if (shortest < kPart) throw std::invalid_argument("a word of a set has three bytes or more");
  stride_ = std::min<std::size_t>(shortest - kPart + 1, 255);
  hashes_.resize((std::size_t{1} << kHashBits) / 64);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t at = 0; at < stride_; ++at) {
      const std::uint32_t bytes = part_at(words[i], at);
      parts_.push_back({bytes, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(at)});
      hashes_[hash_of(bytes) / 64] |= std::uint64_t{1} << hash_of(bytes) % 64;
    }
  }
  std::ranges::sort(parts_, {}, &Part::bytes);
}

std::uint64_t WordSet::words_at(std::string_view text, std::size_t at, std::uint32_t bytes) const {
  std::uint64_t found = 0;
  for (const Part& part : std::ranges::equal_range(parts_, bytes, {}, &Part::bytes)) {
    if (part.at <= at && text.substr(at - part.at).starts_with(words_[part.word]))
      found |= std::uint64_t{1} << part.word;
  }
  return found;
}

// Ends as soon as that many words are found.
std::uint64_t WordSet::search(std::string_view text, std::size_t enough) const {
  std::uint64_t found = 0;
  for (std::size_t at = 0; at + kPart <= text.size(); at += stride_) {
    const std::uint32_t bytes = part_at(text, at);
    const std::uint32_t hash = hash_of(bytes);
    if ((hashes_[hash / 64] >> hash % 64 & 1U) == 0) continue;
    found |= words_at(text, at, bytes);
    if (static_cast<std::size_t>(std::popcount(found)) >= enough) break;
  }
  return found;
}

}  // namespace slim
