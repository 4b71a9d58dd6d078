// A part of a file.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "util/bytes.h"

namespace slim {

struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  auto operator<=>(const ByteRange&) const = default;
};

// Without these, which ascend, don't overlap, and lie in the bytes.
inline Bytes without_ranges(ByteView bytes, const std::vector<ByteRange>& ranges) {
  Bytes out;
  out.reserve(bytes.size());
  const auto take = [&](ByteView part) { out.insert(out.end(), part.begin(), part.end()); };
  std::uint64_t at = 0;
  for (const ByteRange& range : ranges) {
    take(bytes.subspan(at, range.offset - at));
    at = range.offset + range.size;
  }
  take(bytes.subspan(at));
  return out;
}

}  // namespace slim
