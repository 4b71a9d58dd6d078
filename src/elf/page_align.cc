// Linkers before binutils 2.31 aligned segments to 2 MB on x86_64, the largest page that the processor has, and put
// them side by side in the file all the same. patchelf, when it adds a segment to such a library, goes to the
// next multiple of 2 MB in the file, too: libXau in Pillow's wheels is 14 kB in a file of 2 MB.
//
// What p_align is for: p_offset and p_vaddr are congruent modulo it, so that pages of that size can be mapped.
// A kernel maps pages of 4 KiB on x86_64, and of at most 64 KiB on aarch64, so a p_align above that can be lowered
// to it, and the hole closed. Addresses stay as they are, one relative to the other.
//
// What is lost by it: glibc from 2.35 on and Linux from 5.10 on also load such a file at a multiple of p_align.
// Who needs that has said so by the alignment of a section or of its thread-local storage, or wants its code on huge
// pages. All of this must hold:
//   - the file is a library: a program may have been linked so for the sake of huge pages;
//   - it has a section table, and no section that is loaded, and no other program header, asks for more than a page;
//   - no executable segment has room for a huge page.
#include "elf/page_align.h"

#include <algorithm>

#include "elf/layout.h"
#include "elf/loader_view.h"

namespace slim::elf {
namespace {

constexpr std::uint64_t huge_page = 2 << 20;

// The largest that kernels for this processor map by; 0 where slim doesn't know.
std::uint64_t largest_page(const Image& image) {
  if (image.machine == machine_x86_64) return 4096;
  if (image.machine == machine_aarch64) return 65536;
  return 0;
}

bool asks_for_more(const Image& image, std::uint64_t page) {
  const auto section_asks = [&](const Section& section) {
    return section.allocated() && section.align > page;
  };
  const auto segment_asks = [&](const Segment& segment) {
    if (segment.type != segment_load) return segment.align > page;
    return (segment.flags & segment_executable) != 0 && segment.memory_size >= huge_page;
  };
  return std::ranges::any_of(image.sections, section_asks) ||
         std::ranges::any_of(image.segments, segment_asks);
}

}  // namespace

Image with_page_alignment(const Image& image) {
  const std::uint64_t page = largest_page(image);
  const bool is_larger = std::ranges::any_of(image.segments, [&](const Segment& segment) {
    return segment.type == segment_load && segment.align > page;
  });
  if (page == 0 || !is_larger || image.sections.empty() || is_program(image) || asks_for_more(image, page))
    return image;
  Image lowered = image;
  for (Segment& segment : lowered.segments) {
    if (segment.type == segment_load) segment.align = std::min(segment.align, page);
  }
  const auto before = lay_out(image);
  const auto after = lay_out(lowered);
  return before && after && after->end < before->end ? lowered : image;
}

}  // namespace slim::elf
