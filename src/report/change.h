// What became of a size, as all reports for people say it.
#pragma once

#include <cstdint>
#include <string>

#include "util/format.h"

namespace slim {

// "-1.2 kB", "+3 B", "0 B"; with the sign that takes the place of a minus.
inline std::string signed_bytes(std::uint64_t before, std::uint64_t after, const char* minus = "-") {
  if (after > before) return "+" + human_bytes(after - before);
  return after == before ? "0 B" : minus + human_bytes(before - after);
}

// "-42.3 %", "+0.1 %"; "same" where it is; the bytes where they are less than per cent can tell.
inline std::string change_text(std::uint64_t before, std::uint64_t after, const char* minus = "-") {
  if (before == after) return "same";
  if (before == 0) return "+" + human_bytes(after);
  const double percent =
      100.0 * (static_cast<double>(after) - static_cast<double>(before)) / static_cast<double>(before);
  if (percent > -0.05 && percent < 0.05) return signed_bytes(before, after, minus);
  return format("{}{:.1f} %", percent > 0 ? "+" : minus, percent < 0 ? -percent : percent);
}

}  // namespace slim
