// A file without the bytes that no reader of its tables looks at.
#pragma once

#include <cstdint>
#include <vector>

#include "elf/reader.h"
#include "util/bytes.h"

namespace slim::elf {

// Does the segment hold a table whose reader wants all of it?
bool is_table(const Segment& segment);

// Of a 64-bit little-endian file.
class Condensed {
 public:
  // symbols: the number of its dynamic symbols. Room for `spare` bytes more is reserved.
  Condensed(const Image& image, std::uint64_t symbols, std::size_t spare);

  Bytes bytes;  // program headers as in the original but for p_offset
  std::uint64_t segment_table() const { return segment_table_; }
  // Where the byte is now that was at this offset; for one that went the end of what is left before it.
  std::uint64_t place(std::uint64_t offset) const;

 private:
  struct Piece {
    std::uint64_t begin;
    std::uint64_t end;
    std::uint64_t moved_to;
  };
  std::vector<Piece> pieces_;  // ascending, apart from each other
  std::uint64_t segment_table_ = 0;
};

}  // namespace slim::elf
