// Where each range of the file goes. A pure function of the program headers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "elf/image.h"

namespace slim::elf {

// A stretch of the file that stays whole and moves as one.
struct Range {
  std::uint64_t begin = 0;  // in the original file
  std::uint64_t end = 0;
  std::uint64_t to = 0;  // new offset of `begin`; to <= begin, and to ≡ begin modulo every alignment inside
};

struct Layout {
  std::vector<Range> ranges;  // ascending, disjoint, in both files
  std::uint64_t end = 0;      // behind the last range, in the new file

  // New offset of an original one that lies in a range or at the end of one; nullopt elsewhere.
  std::optional<std::uint64_t> moved(std::uint64_t offset) const;
};

// Errors: alignments that are no powers of two, segments whose offset and address disagree already, and other
// layouts that slim does not know to be safe.
Result<Layout> lay_out(const Image& image);

}  // namespace slim::elf
