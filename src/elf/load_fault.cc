#include "elf/load_fault.h"

#include <bit>

#include "elf/reader.h"
#include "util/format.h"

namespace slim::elf {

std::string load_fault(ByteView file) {
  constexpr std::uint64_t page = 4096;  // of Lambda's machines, arm64 too
  const Result<Image> image = read_image(file);
  if (!image) return {};
  std::uint64_t last = 0;
  for (const Segment& segment : image->segments) {
    if (segment.type != segment_load) continue;
    if (segment.align > 1 && !std::has_single_bit(segment.align))
      return format("the alignment {:#x} of a segment is no power of two", segment.align);
    if ((segment.address - segment.offset) % page != 0)
      return format("the segment at {:#x} lies at file offset {:#x}, which is not page-aligned to it",
                    segment.address, segment.offset);
    if (segment.align > 1 && (segment.address - segment.offset) % segment.align != 0)
      return format("the segment at {:#x} lies at file offset {:#x}, which is not aligned to its {:#x}",
                    segment.address, segment.offset, segment.align);
    if (segment.address < last)
      return format("the segment at {:#x} comes after one above it", segment.address);
    if (segment.offset > file.size() || segment.file_size > file.size() - segment.offset)
      return format("the segment at {:#x} ends outside the file", segment.address);
    last = segment.address;
  }
  return {};
}

}  // namespace slim::elf
