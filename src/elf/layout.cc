// The loader maps a segment's pages from p_offset to p_vaddr. Addresses are woven into the code and never
// change; file offsets are nobody's business but the loader's, which asks one thing of them: p_offset ≡
// p_vaddr modulo the page size, and, before glibc 2.35, modulo p_align (elf/dl-load.c, "ELF load command
// address/offset not properly aligned"). So a segment may move down in the file in steps of its p_align, and
// what no program header covers may go: debug information behind the last segment, and the holes that
// patchelf leaves between segments.
//
// What the kernel and ld.so map are whole pages, so bytes of a neighbour in the file show up in a segment's
// first and last page. Linkers place segments just so (-z noseparate-code); where pages were kept apart,
// p_align keeps them apart here as well.
//
// Segments that share bytes (PT_DYNAMIC in a PT_LOAD, PT_GNU_RELRO, PT_TLS) move together, as do the ELF
// header and, wherever they are, the program headers.
#include "elf/layout.h"

#include <algorithm>
#include <bit>

#include "util/format.h"

namespace slim::elf {
namespace {

constexpr std::uint64_t kPage = 4096;

struct Piece {
  std::uint64_t begin;
  std::uint64_t end;
  std::uint64_t align;
};

Result<std::vector<Piece>> pieces_of(const Image& image) {
  std::vector<Piece> pieces;
  pieces.push_back({0, kHeaderSize, 1});
  const std::uint64_t table = image.program_headers_at;
  pieces.push_back({table, table + image.segments.size() * kProgramHeaderSize, 8});
  for (const ProgramHeader& segment : image.segments) {
    const std::uint64_t align = std::max<std::uint64_t>(segment.align, 1);
    const bool load = segment.type == PT_LOAD;
    if (!std::has_single_bit(align)) return fail(format("has a segment with the odd alignment {:#x}", align));
    if (segment.filesz == 0 && !load) continue;
    if (load && (segment.offset - segment.vaddr) % std::max(align, kPage) != 0) {
      return fail("has a segment that is not aligned as the loader wants it");
    }
    if (segment.filesz > segment.memsz && load) return fail("has a segment with more bytes than memory");
    pieces.push_back(
        {segment.offset, segment.offset + segment.filesz, load ? std::max(align, kPage) : align});
  }
  return pieces;
}

// Overlapping pieces become one, with the strictest alignment. A piece without bytes joins what it lies in,
// not what it merely touches: it has an address of its own to agree with.
std::vector<Piece> merged(std::vector<Piece> pieces) {
  std::ranges::sort(pieces, [](const Piece& a, const Piece& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Piece> out;
  for (const Piece& piece : pieces) {
    if (!out.empty() && piece.begin < out.back().end) {
      out.back().end = std::max(out.back().end, piece.end);
      out.back().align = std::max(out.back().align, piece.align);
    } else {
      out.push_back(piece);
    }
  }
  return out;
}

}  // namespace

std::optional<std::uint64_t> Layout::moved(std::uint64_t offset) const {
  // The last range that begins at or before it; of two that meet there, the one that begins.
  const auto after = std::ranges::upper_bound(ranges, offset, {}, &Range::begin);
  if (after == ranges.begin()) return std::nullopt;
  const Range& range = *std::prev(after);
  if (offset > range.end) return std::nullopt;
  return range.to + (offset - range.begin);
}

Result<Layout> lay_out(const Image& image) {
  TRY(std::vector<Piece> pieces, pieces_of(image));
  Layout layout;
  for (const Piece& piece : merged(std::move(pieces))) {
    const std::uint64_t gap =
        (piece.begin - layout.end) % piece.align;  // the same remainder, as low as possible
    const std::uint64_t to = layout.end + gap;
    layout.ranges.push_back({piece.begin, piece.end, to});
    layout.end = to + (piece.end - piece.begin);
  }
  return layout;
}

}  // namespace slim::elf
