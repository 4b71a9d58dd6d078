// Logarithms as whole numbers, so that every machine gets the same.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace slim::deflate {

inline constexpr std::uint32_t kBit = 128;  // of these parts are one bit

// log2 of 1 + i/1024, in kBit-ths: by squaring, a binary digit at a time.
inline constexpr auto kLog2Table = [] {
  std::array<std::uint32_t, 1024> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint64_t x = (std::uint64_t{1024} + i) << 20;  // 1.0 is 1 << 30
    std::uint32_t digits = 0;
    for (int bit = 0; bit < 10; ++bit) {
      x = (x * x) >> 30;
      digits <<= 1;
      if (x >= std::uint64_t{1} << 31) {
        digits |= 1;
        x >>= 1;
      }
    }
    table[i] = (digits * kBit + 512) / 1024;
  }
  return table;
}();

// Of a value above 0.
inline std::uint32_t log2_of(std::uint32_t value) {
  const auto width = static_cast<unsigned>(std::bit_width(value));
  const std::uint32_t mantissa = width > 11 ? value >> (width - 11) : value << (11 - width);
  return (width - 1) * kBit + kLog2Table[mantissa & 1023];
}

}  // namespace slim::deflate
