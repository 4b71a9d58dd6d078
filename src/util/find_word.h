// Looking for a word in a long text, at the speed of memmem, which is several times that of string_view::find.
#pragma once

#include <cstring>
#include <string_view>

namespace slim {

// The position of `word` at or behind `from`; npos where it isn't. memmem takes no null pointer, as an empty
// string_view has one.
inline std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  if (from >= text.size()) return std::string_view::npos;
  const void* found = memmem(text.data() + from, text.size() - from, word.data(), word.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace slim
