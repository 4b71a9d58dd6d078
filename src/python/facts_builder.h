// Fills a SourceFacts: puts texts into its pool, most repeats once.
#pragma once

#include <array>
#include <cstring>

#include "python/scanner.h"

namespace slim::python {

class FactsBuilder {
 public:
  explicit FactsBuilder(SourceFacts& target) : facts(target) {}

  Text add(std::string_view text) {
    if (text.empty()) return {};
    Text& seen = recent_[slot(text)];
    if (seen.size == text.size() && facts.text(seen) == text) return seen;
    seen = Text{static_cast<std::uint32_t>(facts.pool.size()), static_cast<std::uint32_t>(text.size())};
    facts.pool += text;
    return seen;
  }

  SourceFacts& facts;

 private:
  static std::size_t slot(std::string_view text) {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    const std::size_t bytes = text.size() < 8 ? text.size() : 8;
    std::memcpy(&head, text.data(), bytes);
    std::memcpy(&tail, text.data() + text.size() - bytes, bytes);
    return static_cast<std::size_t>(((head ^ (tail << 1)) * 0x9E3779B97F4A7C15U + text.size()) >> 56);
  }

  std::array<Text, 256> recent_{};
};

}  // namespace slim::python
