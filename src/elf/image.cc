#include "elf/image.h"

#include "elf/facts.h"
#include "util/format.h"

namespace slim::elf {
namespace {

// Offsets of Elf64_Ehdr's fields (gABI, chapter 4).
constexpr std::uint64_t kType = 16;
constexpr std::uint64_t kMachine = 18;
constexpr std::uint64_t kPhoff = 32;
constexpr std::uint64_t kShoff = 40;
constexpr std::uint64_t kPhentsize = 54;
constexpr std::uint64_t kPhnum = 56;
constexpr std::uint64_t kShentsize = 58;
constexpr std::uint64_t kShnum = 60;
constexpr std::uint64_t kShstrndx = 62;
constexpr std::uint16_t PN_XNUM = 0xFFFF;
constexpr std::uint16_t SHN_XINDEX = 0xFFFF;

ProgramHeader program_header_at(const ByteReader& r, std::uint64_t at) {
  return {r.read<std::uint32_t>(at).value_or(0),      r.read<std::uint32_t>(at + 4).value_or(0),
          r.read<std::uint64_t>(at + 8).value_or(0),  r.read<std::uint64_t>(at + 16).value_or(0),
          r.read<std::uint64_t>(at + 24).value_or(0), r.read<std::uint64_t>(at + 32).value_or(0),
          r.read<std::uint64_t>(at + 40).value_or(0), r.read<std::uint64_t>(at + 48).value_or(0)};
}

// The name's offset is returned apart: names are resolved when the name section is known.
SectionHeader section_header_at(const ByteReader& r, std::uint64_t at) {
  SectionHeader s;
  s.type = r.read<std::uint32_t>(at + 4).value_or(0);
  s.flags = r.read<std::uint64_t>(at + 8).value_or(0);
  s.addr = r.read<std::uint64_t>(at + 16).value_or(0);
  s.offset = r.read<std::uint64_t>(at + 24).value_or(0);
  s.size = r.read<std::uint64_t>(at + 32).value_or(0);
  s.link = r.read<std::uint32_t>(at + 40).value_or(0);
  s.info = r.read<std::uint32_t>(at + 44).value_or(0);
  s.addralign = r.read<std::uint64_t>(at + 48).value_or(0);
  s.entsize = r.read<std::uint64_t>(at + 56).value_or(0);
  return s;
}

Status check_identification(const ByteReader& r) {
  if (r.size() < kHeaderSize) return fail(format("is cut off: {} bytes hold no ELF header", r.size()));
  if (r.read<std::uint8_t>(4) != 2) return fail("is a 32-bit file");
  if (r.read<std::uint8_t>(5) != 1) return fail("is a big-endian file");
  return {};
}

Status read_segments(const ByteReader& r, std::uint64_t count, Image& image) {
  if (count == 0) return {};
  if (r.read<std::uint16_t>(kPhentsize) != kProgramHeaderSize)
    return fail("has program headers of an unknown size");
  if (!r.covers(image.program_headers_at, count * kProgramHeaderSize)) {
    return fail(
        format("has program headers at offset {:#x} that lie outside the file", image.program_headers_at));
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const ProgramHeader segment = program_header_at(r, image.program_headers_at + i * kProgramHeaderSize);
    if (segment.filesz != 0 && !r.covers(segment.offset, segment.filesz)) {
      return fail(format("has segment {} at offset {:#x} that lies outside the file", i, segment.offset));
    }
    image.segments.push_back(segment);
  }
  return {};
}

Status read_names(const ByteReader& r, Image& image) {
  if (image.name_section >= image.sections.size())
    return fail("has a section name table that does not exist");
  const SectionHeader& table = image.sections[image.name_section];
  const auto names = r.slice(table.offset, table.size);
  if (table.type != SHT_STRTAB || !names) return fail("has a section name table that is none");
  const ByteReader text(*names);
  for (std::size_t i = 0; i < image.sections.size(); ++i) {
    const auto at = r.read<std::uint32_t>(image.section_headers_at + i * kSectionHeaderSize);
    const auto name = text.c_string(at.value_or(0));
    if (!name) return fail(format("has section {} whose name lies outside the name table", i));
    image.sections[i].name = *name;
  }
  return {};
}

Status read_sections(const ByteReader& r, Image& image) {
  if (image.section_headers_at == 0) return {};
  if (r.read<std::uint16_t>(kShentsize) != kSectionHeaderSize)
    return fail("has section headers of an unknown size");
  if (!r.covers(image.section_headers_at, kSectionHeaderSize)) {
    return fail(
        format("has section headers at offset {:#x} that lie outside the file", image.section_headers_at));
  }
  const SectionHeader first = section_header_at(r, image.section_headers_at);
  std::uint64_t count = r.read<std::uint16_t>(kShnum).value_or(0);
  if (count == 0) count = first.size;
  image.name_section = r.read<std::uint16_t>(kShstrndx).value_or(0);
  if (image.name_section == SHN_XINDEX) image.name_section = first.link;
  if (count > r.size() / kSectionHeaderSize ||
      !r.covers(image.section_headers_at, count * kSectionHeaderSize)) {
    return fail(format("has {} section headers, which the file cannot hold", count));
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const SectionHeader section = section_header_at(r, image.section_headers_at + i * kSectionHeaderSize);
    if (i != 0 && section.has_bytes() && !r.covers(section.offset, section.size)) {
      return fail(format("has section {} at offset {:#x} that lies outside the file", i, section.offset));
    }
    image.sections.push_back(section);
  }
  return read_names(r, image);
}

}  // namespace

Result<Image> read_image(ByteView file) {
  const ByteReader r(file);
  if (!has_elf_magic(file)) return fail("is no ELF file");
  CHECK_OK(check_identification(r));
  Image image;
  image.type = r.read<std::uint16_t>(kType).value_or(0);
  image.machine = r.read<std::uint16_t>(kMachine).value_or(0);
  image.program_headers_at = r.read<std::uint64_t>(kPhoff).value_or(0);
  image.section_headers_at = r.read<std::uint64_t>(kShoff).value_or(0);
  CHECK_OK(read_sections(r, image));
  std::uint64_t count = r.read<std::uint16_t>(kPhnum).value_or(0);
  if (count == PN_XNUM) {
    if (image.sections.empty()) return fail("counts its program headers in a section header that it lacks");
    count = r.read<std::uint32_t>(image.section_headers_at + 44).value_or(0);
    if (count > r.size() / kProgramHeaderSize) return fail("has more program headers than the file can hold");
  }
  CHECK_OK(read_segments(r, count, image));
  return image;
}

}  // namespace slim::elf
