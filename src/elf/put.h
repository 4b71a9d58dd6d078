// Writing little-endian numbers and bytes into a file that is being made.
#pragma once

#include <cstdint>

#include "util/bytes.h"

namespace slim::elf {

template <typename Integer>
void store(Bytes& bytes, std::uint64_t at, Integer value) {
  for (std::size_t i = 0; i < sizeof value; ++i) {
    bytes[at + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
  }
}

inline void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

// Gives the new size.
inline std::uint64_t pad_to(Bytes& out, std::uint64_t align) {
  if (align > 1) out.resize((out.size() + align - 1) / align * align, 0);
  return out.size();
}

}  // namespace slim::elf
