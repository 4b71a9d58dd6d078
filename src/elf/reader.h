// An ELF file's headers as values: 32 or 64 bits, either byte order, extended numbering resolved. Nothing is
// interpreted beyond that, and nothing is believed: every range that is handed on lies in the file.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "elf/format.h"
#include "util/bytes.h"
#include "util/result.h"

namespace slim::elf {

struct Segment {
  std::uint32_t type = 0;
  std::uint32_t flags = 0;
  std::uint64_t offset = 0;
  std::uint64_t address = 0;
  std::uint64_t physical = 0;
  std::uint64_t file_size = 0;
  std::uint64_t memory_size = 0;
  std::uint64_t align = 0;
  std::uint64_t end() const { return offset + file_size; }  // read_image() has checked the sum
};

struct Section {
  std::string_view name;  // points into the file
  std::uint32_t type = 0;
  std::uint64_t flags = 0;
  std::uint64_t address = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint32_t link = 0;
  std::uint32_t info = 0;
  std::uint64_t align = 0;
  std::uint64_t entry_size = 0;
  bool allocated() const { return (flags & section_allocated) != 0; }
  bool in_file() const { return type != section_null && type != section_nobits; }
  std::uint64_t end() const { return offset + (in_file() ? size : 0); }
};

struct Image {
  ByteView bytes;
  Shape shape = shape_64;
  std::endian order = std::endian::little;
  std::uint8_t os_abi = 0;
  std::uint16_t type = 0;
  std::uint16_t machine = 0;
  std::uint64_t segment_table = 0;  // e_phoff
  std::uint64_t section_table = 0;  // e_shoff, 0 when there is none
  std::uint32_t names_section = 0;  // e_shstrndx
  std::vector<Segment> segments;
  std::vector<Section> sections;  // [0] is the null section
  std::string section_fault;      // why `sections` is empty although the file states a section table

  bool is_64() const { return shape.word == 8; }
  ByteReader reader() const { return ByteReader(bytes, order); }
  // The file range of the program headers.
  std::uint64_t segment_table_size() const { return segments.size() * shape.segment; }
  std::uint64_t section_table_size() const { return sections.size() * shape.section; }
};

// Errors: no ELF header, or program headers that the loader could not read either. A faulty section table is
// no error, since no loader reads it: it is told in section_fault. Allocates in proportion to the file's
// size.
Result<Image> read_image(ByteView bytes);

}  // namespace slim::elf
