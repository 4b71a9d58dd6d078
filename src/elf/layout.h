// Where a file's bytes go: a pure function of its program headers. See layout.cc for the law.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "elf/reader.h"
#include "util/result.h"

namespace slim::elf {

// File ranges that program headers tie together, and that therefore move as one.
struct Block {
  std::uint64_t begin = 0;  // in the original
  std::uint64_t end = 0;
  std::uint64_t align = 1;  // a power of two; the block moves by multiples of it
  std::uint64_t moved_to = 0;
  std::uint64_t moved_end() const { return moved_to + (end - begin); }
};

// A PT_LOAD without bytes whose addresses are pages of their own: no loader looks into the file for it.
bool needs_no_bytes(const Segment& segment);

struct Layout {
  std::vector<Block> blocks;  // ascending, disjoint, before and after
  std::uint64_t end = 0;      // where the last block ends in the new file

  bool moves_anything() const;
  // The new offset of a range of the original; nullopt when no block holds it whole. An empty range may touch
  // the end of a block.
  std::optional<std::uint64_t> new_offset(std::uint64_t offset, std::uint64_t size) const;
  // Where something of no length lies: in or at the end of its block, else at the end of the block before it.
  std::uint64_t new_place(std::uint64_t offset) const;
  std::uint64_t new_offset(const Segment& segment) const;
};

// Errors: program headers that no order-keeping layout can serve, with the reason.
Result<Layout> lay_out(const Image& image);

}  // namespace slim::elf
