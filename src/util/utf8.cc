#include "util/utf8.h"

#include <cstddef>
#include <cstdint>

namespace slim {
namespace {

// How many bytes follow this first one; 4 where none begins with it.
std::size_t tail_of(std::uint8_t lead) {
  if (lead < 0x80) return 0;
  if (lead >= 0xC2 && lead <= 0xDF) return 1;
  if (lead >= 0xE0 && lead <= 0xEF) return 2;
  return lead >= 0xF0 && lead <= 0xF4 ? 3 : 4;
}

// Longer forms than need be, surrogates, and what lies beyond U+10FFFF show in the second byte.
bool fits(std::uint8_t lead, std::uint8_t second) {
  const std::uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= least && second <= most;
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t tail = tail_of(byte(at));
    if (tail == 4 || tail >= text.size() - at) return false;
    if (tail > 0 && !fits(byte(at), byte(at + 1))) return false;
    for (std::size_t i = 2; i <= tail; ++i) {
      if ((byte(at + i) & 0xC0) != 0x80) return false;
    }
    at += tail + 1;
  }
  return true;
}

}  // namespace slim
