#include "elf/reader.h"

#include "util/format.h"

namespace slim::elf {
namespace {

// Walks over the fields of one header. Fields differ in size and, in Phdr, in order between the classes; the
// walk is written once per header below. Reading outside of the file sets `ok` to false and gives 0.
class FieldWalk {
 public:
  FieldWalk(const ByteReader& reader, std::uint64_t offset, std::uint8_t word)
      : reader_(reader), at_(offset), word_(word) {}
  std::uint16_t half() { return take<std::uint16_t>(); }
  std::uint32_t full() { return take<std::uint32_t>(); }
  std::uint64_t address() { return word_ == 8 ? take<std::uint64_t>() : take<std::uint32_t>(); }
  bool ok() const { return ok_; }

 private:
  template <typename Integer>
  Integer take() {
    const auto value = reader_.read<Integer>(at_);
    at_ += sizeof(Integer);
    if (!value) ok_ = false;
    return value.value_or(0);
  }
  const ByteReader& reader_;
  std::uint64_t at_;
  std::uint8_t word_;
  bool ok_ = true;
};

Segment read_segment(const ByteReader& reader, std::uint64_t offset, const Shape& shape) {
  FieldWalk walk(reader, offset, shape.word);
  Segment segment;
  segment.type = walk.full();
  if (shape.word == 8) segment.flags = walk.full();
  segment.offset = walk.address();
  segment.address = walk.address();
  segment.physical = walk.address();
  segment.file_size = walk.address();
  segment.memory_size = walk.address();
  if (shape.word == 4) segment.flags = walk.full();
  segment.align = walk.address();
  return segment;
}

struct RawSection {
  std::uint32_t name = 0;
  Section section;
};

RawSection read_section(const ByteReader& reader, std::uint64_t offset, const Shape& shape) {
  FieldWalk walk(reader, offset, shape.word);
  RawSection raw;
  Section& section = raw.section;
  raw.name = walk.full();
  section.type = walk.full();
  section.flags = walk.address();
  section.address = walk.address();
  section.offset = walk.address();
  section.size = walk.address();
  section.link = walk.full();
  section.info = walk.full();
  section.align = walk.address();
  section.entry_size = walk.address();
  return raw;
}

// What the ELF header says, before extended numbering.
struct Counts {
  std::uint64_t segments = 0;
  std::uint64_t sections = 0;
  std::uint32_t names = 0;
  std::uint16_t segment_entry = 0;
  std::uint16_t section_entry = 0;
};

// Numbers that don't fit in 16 bits stand in section header 0 (gABI, e_phnum, e_shnum, e_shstrndx).
std::string resolve_extended(const Image& image, Counts& counts) {
  if (image.section_table == 0) return {};
  const ByteReader reader = image.reader();
  if (!reader.covers(image.section_table, image.shape.section)) {
    return format("the section table at offset {} lies outside of the file", image.section_table);
  }
  const Section zero = read_section(reader, image.section_table, image.shape).section;
  if (counts.segments == phnum_extended) counts.segments = zero.info;
  if (counts.sections == 0) counts.sections = zero.size;
  if (counts.names == index_extended) counts.names = zero.link;
  return {};
}

Status read_segments(Image& image, const Counts& counts) {
  if (counts.segments == 0) return {};
  if (counts.segment_entry != image.shape.segment) {
    return fail(format("program headers of {} bytes each, where {} are expected", counts.segment_entry,
                       image.shape.segment));
  }
  const ByteReader reader = image.reader();
  if (counts.segments > image.bytes.size() / image.shape.segment ||
      !reader.covers(image.segment_table, counts.segments * image.shape.segment)) {
    return fail(format("the program headers at offset {} lie outside of the file: it is cut off or damaged",
                       image.segment_table));
  }
  image.segments.reserve(counts.segments);
  for (std::uint64_t i = 0; i < counts.segments; ++i) {
    Segment segment = read_segment(reader, image.segment_table + i * image.shape.segment, image.shape);
    if (!reader.covers(segment.offset, segment.file_size)) {
      return fail(
          format("program header {} covers {} bytes at offset {}, outside of the file of {}: it is cut "
                 "off or damaged",
                 i, segment.file_size, segment.offset, image.bytes.size()));
    }
    image.segments.push_back(segment);
  }
  return {};
}

std::string read_sections(Image& image, const Counts& counts) {
  if (image.section_table == 0 || counts.sections == 0) return {};
  const ByteReader reader = image.reader();
  if (counts.section_entry != image.shape.section) {
    return format("section headers of {} bytes each, where {} are expected", counts.section_entry,
                  image.shape.section);
  }
  if (counts.sections > image.bytes.size() / image.shape.section ||
      !reader.covers(image.section_table, counts.sections * image.shape.section)) {
    return format("the section table at offset {} lies outside of the file", image.section_table);
  }
  if (counts.names >= counts.sections) return "the section names are in a section that does not exist";
  const auto header = [&](std::uint64_t i) {
    return read_section(reader, image.section_table + i * image.shape.section, image.shape);
  };
  const Section names = header(counts.names).section;
  const auto name_bytes = reader.slice(names.offset, names.size);
  if (!name_bytes || names.type != section_strings) return "the section names can't be read";
  const ByteReader name_reader(*name_bytes);
  std::uint64_t text_left = image.bytes.size();  // a hostile file could give one long name to every section
  std::vector<Section> sections;
  sections.reserve(counts.sections);
  for (std::uint64_t i = 0; i < counts.sections; ++i) {
    const RawSection raw = header(i);
    sections.push_back(raw.section);
    if (i == 0) continue;
    const auto name = name_reader.c_string(raw.name);
    if (!name) return format("the name of section {} lies outside of the name table", i);
    if (name->size() > text_left) return "the sections' names are longer than the file";
    text_left -= name->size();
    sections.back().name = *name;
    if (raw.section.in_file() && !reader.covers(raw.section.offset, raw.section.size)) {
      return format("section {} covers {} bytes at offset {}, outside of the file", i, raw.section.size,
                    raw.section.offset);
    }
  }
  image.sections = std::move(sections);
  return {};
}

}  // namespace

Result<Image> read_image(ByteView bytes) {
  if (bytes.size() < shape_32.header || as_text(bytes.first(4)) !=
                                            "\x7f"
                                            "ELF") {
    return fail("no ELF header: the file is too short or does not begin with \\x7fELF");
  }
  Image image;
  image.bytes = bytes;
  if (bytes[4] != 1 && bytes[4] != 2) return fail(format("ELF class {} is neither 32 nor 64 bits", bytes[4]));
  if (bytes[5] != 1 && bytes[5] != 2) return fail(format("ELF byte order {} is unknown", bytes[5]));
  image.shape = bytes[4] == 1 ? shape_32 : shape_64;
  image.order = bytes[5] == 1 ? std::endian::little : std::endian::big;
  image.os_abi = bytes[7];

  const ByteReader reader = image.reader();
  FieldWalk walk(reader, 16, image.shape.word);
  Counts counts;
  image.type = walk.half();
  image.machine = walk.half();
  walk.full();     // e_version
  walk.address();  // e_entry
  image.segment_table = walk.address();
  image.section_table = walk.address();
  walk.full();  // e_flags
  walk.half();  // e_ehsize
  counts.segment_entry = walk.half();
  counts.segments = walk.half();
  counts.section_entry = walk.half();
  counts.sections = walk.half();
  counts.names = walk.half();
  if (!walk.ok()) return fail(format("the ELF header is cut off at {} bytes", bytes.size()));

  image.section_fault = resolve_extended(image, counts);
  image.names_section = counts.names;
  CHECK_OK(read_segments(image, counts));
  if (image.section_fault.empty()) image.section_fault = read_sections(image, counts);
  return image;
}

}  // namespace slim::elf
