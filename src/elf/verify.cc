// Reads the rewritten file afresh and holds it against the original, as the loader would see both: first by
// slim's own reader, then by LIEF, which shares no code with it.
#include "elf/verify.h"

#include <algorithm>

#include "elf/facts.h"
#include "elf/image.h"
#include "elf/lief_facts.h"
#include "util/format.h"

namespace slim::elf {
namespace {

using Difference = std::optional<std::string>;

Difference compare_segment(const ProgramHeader& a, const ProgramHeader& b, std::size_t i) {
  if (a.type != b.type || a.flags != b.flags || a.vaddr != b.vaddr || a.paddr != b.paddr ||
      a.filesz != b.filesz || a.memsz != b.memsz || a.align != b.align) {
    return format("segment {} has other addresses, sizes or flags", i);
  }
  if (b.offset > a.offset) return format("segment {} moved up in the file", i);
  if (b.type != PT_LOAD) return std::nullopt;
  const std::uint64_t align = std::max<std::uint64_t>(b.align, 4096);
  if ((b.offset - b.vaddr) % align != 0)
    return format("segment {} is no longer congruent with its alignment", i);
  return std::nullopt;
}

// The bytes of a segment, but for the ELF header and the program headers, which say where things are in the
// file.
Difference compare_bytes(const Image& image, const Image& rewritten_image, ByteView original,
                         ByteView rewritten, std::size_t i) {
  const ProgramHeader& a = image.segments[i];
  const ProgramHeader& b = rewritten_image.segments[i];
  const std::uint64_t table = image.program_headers_at;
  const std::uint64_t table_end = table + image.segments.size() * kProgramHeaderSize;
  struct Span {
    std::uint64_t begin;
    std::uint64_t end;
  };
  const std::uint64_t end = a.offset + a.filesz;
  // What lies between the two exempt ranges, in ascending order.
  const Span first{a.offset, end};
  std::uint64_t at = first.begin < kHeaderSize ? std::min(kHeaderSize, end) : first.begin;
  const auto equal = [&](std::uint64_t from, std::uint64_t to) {
    if (from >= to) return true;
    return std::ranges::equal(original.subspan(from, to - from),
                              rewritten.subspan(b.offset + (from - a.offset), to - from));
  };
  const std::uint64_t before_table = std::clamp(table, at, end);
  if (!equal(at, before_table)) return format("segment {} has other bytes", i);
  at = std::clamp(table_end, before_table, end);
  if (!equal(at, end)) return format("segment {} has other bytes", i);
  return std::nullopt;
}

Difference compare_images(const Image& a, const Image& b, ByteView original, ByteView rewritten) {
  if (a.type != b.type || a.machine != b.machine) return "the ELF header names another type or machine";
  if (!std::ranges::equal(original.subspan(24, 8), rewritten.subspan(24, 8))) return "the entry point moved";
  if (a.segments.size() != b.segments.size()) return "the number of segments changed";
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < a.segments.size(); ++i) {
    if (auto difference = compare_segment(a.segments[i], b.segments[i], i)) return difference;
    if (auto difference = compare_bytes(a, b, original, rewritten, i)) return difference;
    if (b.segments[i].type != PT_LOAD) continue;
    if (b.segments[i].vaddr < last) return format("segment {} is out of order", i);
    last = b.segments[i].vaddr;
  }
  return std::nullopt;
}

// Sections that stay keep their number, name and address, as .dynsym and others refer to them by number.
Difference compare_sections(const Image& a, const Image& b) {
  if (b.sections.empty()) return std::nullopt;
  for (std::size_t i = 1; i < a.sections.size(); ++i) {
    if (!a.sections[i].allocated()) continue;
    const bool same = i < b.sections.size() && a.sections[i].name == b.sections[i].name &&
                      a.sections[i].addr == b.sections[i].addr && a.sections[i].size == b.sections[i].size &&
                      a.sections[i].link == b.sections[i].link && a.sections[i].info == b.sections[i].info;
    if (!same) return format("section {} is not what it was", printable(a.sections[i].name));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> find_difference(ByteView original, ByteView rewritten) {
  const Result<Image> before = read_image(original);
  const Result<Image> after = read_image(rewritten);
  if (!before) return "the original " + before.error().what;
  if (!after) return "the rewritten file " + after.error().what;
  if (auto difference = compare_images(*before, *after, original, rewritten)) return difference;
  if (auto difference = compare_sections(*before, *after)) return difference;
  return lief_difference(original, rewritten);
}

}  // namespace slim::elf
