// Which words of a fixed list stand in a text, told in one pass over it: for lists that are asked of every file.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace slim {

class WordSet {
 public:
  // Of three bytes or more each, at most 64 of them; what they point to must live as long as the set. Anything
  // else is a fault of the program, told by std::invalid_argument.
  explicit WordSet(std::span<const std::string_view> words);
  WordSet(std::initializer_list<std::string_view> words) : WordSet(std::span(words.begin(), words.size())) {}

  // A bit for each word that is found, the lowest for the first word.
  std::uint64_t found_in(std::string_view text) const { return search(text, words_.size()); }

  bool is_any_in(std::string_view text) const { return search(text, 1) != 0; }

 private:
  struct Part {  // three bytes of a word
    std::uint32_t bytes;
    std::uint8_t word;
    std::uint8_t at;  // where in the word
  };

  std::uint64_t search(std::string_view text, std::size_t enough) const;
  std::uint64_t words_at(std::string_view text, std::size_t at, std::uint32_t bytes) const;

  std::vector<std::string_view> words_;
  std::size_t stride_ = 0;             // how far apart the places are that are looked at
  std::vector<std::uint64_t> hashes_;  // a bit for the hash of each part
  std::vector<Part> parts_;            // ordered by their bytes
};

}  // namespace slim
