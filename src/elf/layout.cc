// The law of the layout.
//
// A loader maps file ranges to addresses and reads nothing else (gABI chapter 5; glibc elf/dl-load.c; Linux
// fs/binfmt_elf.c). So the ranges of all program headers, the ELF header and the program header table stay,
// with every byte; the rest of the file may go. Ranges that overlap (PT_DYNAMIC in a PT_LOAD, PT_GNU_RELRO,
// PT_TLS, PT_NOTE, the headers in the first PT_LOAD) form a block, and a block moves as one, so that what
// lies inside stays where it is within it.
//
// A block moves to the lowest offset that
//   - lies behind the block before it: the order of the file stays, nothing overlaps that did not;
//   - differs from its old offset by a multiple of the largest p_align in the block, and of the 4 KiB page when
//     it is loaded. So p_offset stays congruent to p_vaddr modulo p_align, which glibc before 2.35 demands
//     (later ones demand the page only: glibc bug 28688), and modulo the page, which mmap demands.
// Virtual addresses never change, so neither does anything that refers to one.
//
// One offset is used as if it were an address. Linux before 5.18 (Lambda's is 5.10) tells a program that its
// headers are at e_phoff behind where offset 0 of the first PT_LOAD would be, in whichever segment they lie
// (AT_PHDR; Linux commit 0da1d5002745). patchelf has moved the headers of some programs behind all other
// segments, and put a hole into the file so that this sum comes out right. Where it does, the headers' block
// and the first PT_LOAD's stay where they are. Libraries are loaded by ld.so, which knows better.
//
// Why that is enough where GNU strip fails: it places segments by its section table, and patchelf leaves
// section tables that no longer tell where the segments lie (NixOS/patchelf issue 492, pypa/auditwheel issue
// 716).
//
// What a packed file shows that the original did not: the last page of a segment is mapped whole, so behind
// the segment's end the first bytes of the next block, or of the tail, may be seen where padding or a dropped
// section was. They are bytes of the same file, no secret, and in a writable segment with .bss the loader
// clears them. A segment that is not writable and whose memory is longer than its file bytes would show them
// as contents: such a file is refused.
#include "elf/layout.h"

#include <algorithm>
#include <bit>

#include "elf/loader_view.h"
#include "util/format.h"

namespace slim::elf {
namespace {

constexpr std::uint64_t page = 4096;

struct Range {
  std::uint64_t begin;
  std::uint64_t end;
  std::uint64_t align;
};

Status check_load(const Segment& load, std::size_t index) {
  if (load.memory_size < load.file_size) {
    return fail(format("program header {} loads more bytes than it has room for", index));
  }
  if (load.address + load.memory_size < load.address) {
    return fail(format("program header {} wraps around the address space", index));
  }
  if ((load.address - load.offset) % page != 0) {
    return fail(format("program header {} is not congruent with the page: no loader maps it", index));
  }
  if (load.align > 1 && (load.address - load.offset) % load.align != 0) {
    return fail(format(
        "program header {} is not congruent with its p_align: loaders before glibc 2.35 refuse it", index));
  }
  if (load.memory_size > load.file_size && (load.flags & segment_writable) == 0) {
    return fail(format("program header {} is read-only and longer in memory than in the file", index));
  }
  return {};
}

Result<std::vector<Range>> tied_ranges(const Image& image) {
  std::vector<Range> ranges;
  ranges.push_back({0, image.shape.header, 1});
  ranges.push_back({image.segment_table, image.segment_table + image.segment_table_size(), image.shape.word});
  if (image.segment_table < image.shape.header) return fail("the program headers overlap the ELF header");
  std::uint64_t last_address = 0;
  for (std::size_t i = 0; i < image.segments.size(); ++i) {
    const Segment& segment = image.segments[i];
    std::uint64_t align = std::max<std::uint64_t>(segment.align, 1);
    if (!std::has_single_bit(align))
      return fail(format("p_align of program header {} is no power of two", i));
    if (segment.type == segment_load) {
      CHECK_OK(check_load(segment, i));
      if (segment.address < last_address) return fail("the segments' addresses are not ascending");
      last_address = segment.address;
      align = std::max(align, page);
      if (needs_no_bytes(segment)) continue;
    } else if (segment.file_size == 0) {
      continue;  // PT_GNU_STACK and its like: no bytes, and nobody reads their offset
    }
    ranges.push_back({segment.offset, segment.end(), align});
  }
  return ranges;
}

// Whether Linux before 5.18 finds the program headers by the sum that the head of this file describes.
bool kernel_adds_up(const Image& image) {
  const auto first = std::ranges::find(image.segments, std::uint32_t{segment_load}, &Segment::type);
  if (first == image.segments.end() || !is_program(image)) return false;
  return offset_of_address(image, first->address - first->offset + image.segment_table) ==
         image.segment_table;
}

// The offsets of what may not move, if there is any.
std::vector<std::uint64_t> fixed_offsets(const Image& image) {
  if (!kernel_adds_up(image)) return {};
  const auto first = std::ranges::find(image.segments, std::uint32_t{segment_load}, &Segment::type);
  return {first->offset, image.segment_table};
}

}  // namespace

bool needs_no_bytes(const Segment& segment) {
  return segment.type == segment_load && segment.file_size == 0 &&
         segment.address % std::max(segment.align, page) == 0;
}

bool Layout::moves_anything() const {
  return std::ranges::any_of(blocks, [](const Block& block) { return block.moved_to != block.begin; });
}

std::optional<std::uint64_t> Layout::new_offset(std::uint64_t offset, std::uint64_t size) const {
  // The last block that begins at or before the offset.
  const auto after = std::ranges::upper_bound(blocks, offset, std::ranges::less{},
                                              [](const Block& block) { return block.begin; });
  if (after == blocks.begin()) return std::nullopt;
  const Block& block = *std::prev(after);
  if (offset > block.end || size > block.end - offset) return std::nullopt;
  return block.moved_to + (offset - block.begin);
}

std::uint64_t Layout::new_place(std::uint64_t offset) const {
  if (const auto place = new_offset(offset, 0)) return *place;
  std::uint64_t place = 0;
  for (const Block& block : blocks) {
    if (block.end <= offset) place = block.moved_end();
  }
  return place;
}

std::uint64_t Layout::new_offset(const Segment& segment) const {
  // Any multiple of its alignment will do, so the one before is taken: it is in the file.
  if (needs_no_bytes(segment)) {
    return new_place(segment.offset) & ~(std::max(segment.align, page) - 1);
  }
  return new_offset(segment.offset, segment.file_size).value_or(new_place(segment.offset));
}

Result<Layout> lay_out(const Image& image) {
  TRY(std::vector<Range> ranges, tied_ranges(image));
  std::ranges::sort(ranges, [](const Range& a, const Range& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  Layout layout;
  for (const Range& range : ranges) {
    // An empty PT_LOAD (only .bss) at the beginning of another range is tied to it too.
    if (!layout.blocks.empty() &&
        (range.begin < layout.blocks.back().end || range.begin == layout.blocks.back().begin)) {
      Block& block = layout.blocks.back();
      block.end = std::max(block.end, range.end);
      block.align = std::max(block.align, range.align);
    } else {
      layout.blocks.push_back({range.begin, range.end, range.align, 0});
    }
  }
  const std::vector<std::uint64_t> fixed = fixed_offsets(image);
  for (Block& block : layout.blocks) {
    // begin >= layout.end always: blocks only move down, one by one.
    const bool stays = std::ranges::any_of(
        fixed, [&](std::uint64_t offset) { return block.begin <= offset && offset < block.end; });
    block.moved_to = stays ? block.begin : layout.end + ((block.begin - layout.end) & (block.align - 1));
    layout.end = block.moved_end();
  }
  return layout;
}

}  // namespace slim::elf
