#include "elf/load_fault.h"

#include <bit>

#include "elf/image.h"
#include "util/format.h"

namespace slim::elf {

std::string load_fault(ByteView file) {
  constexpr std::uint64_t page = 4096;  // of Lambda's machines, arm64 too
  const Result<Image> image = read_image(file);
  if (!image) return {};
  std::uint64_t last = 0;
  for (const ProgramHeader& segment : image->segments) {
    if (segment.type != PT_LOAD) continue;
    if (segment.align > 1 && !std::has_single_bit(segment.align))
      return format("the alignment {:#x} of a segment is no power of two", segment.align);
    if ((segment.vaddr - segment.offset) % page != 0)
      return format("the segment at {:#x} lies at file offset {:#x}, which is not page-aligned to it",
                    segment.vaddr, segment.offset);
    if (segment.align > 1 && (segment.vaddr - segment.offset) % segment.align != 0)
      return format("the segment at {:#x} lies at file offset {:#x}, which is not aligned to its {:#x}",
                    segment.vaddr, segment.offset, segment.align);
    if (segment.vaddr < last) return format("the segment at {:#x} comes after one above it", segment.vaddr);
    if (segment.offset > file.size() || segment.filesz > file.size() - segment.offset)
      return format("the segment at {:#x} ends outside the file", segment.vaddr);
    last = segment.vaddr;
  }
  return {};
}

}  // namespace slim::elf
