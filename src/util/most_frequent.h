#pragma once

#include <cstddef>
#include <map>
#include <optional>

namespace slim {

// The most frequent key; the larger key among equals, so that the answer never depends on the order.
template <typename Key>
std::optional<Key> most_frequent(const std::map<Key, std::size_t>& counts) {
  std::optional<Key> best;
  std::size_t most = 0;
  for (const auto& [key, count] : counts) {
    if (count >= most) {
      best = key;
      most = count;
    }
  }
  return best;
}

}  // namespace slim
