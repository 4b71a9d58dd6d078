// slim's own reading of an ELF file: header, program headers, section headers. Every offset is checked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "util/bytes.h"
#include "util/result.h"

namespace slim::elf {

// Numbers of the System V gABI, chapters 4 and 5, as far as slim needs them.
inline constexpr std::uint32_t PT_LOAD = 1;
inline constexpr std::uint32_t PT_INTERP = 3;
inline constexpr std::uint32_t SHT_NULL = 0;
inline constexpr std::uint32_t SHT_SYMTAB = 2;
inline constexpr std::uint32_t SHT_STRTAB = 3;
inline constexpr std::uint32_t SHT_NOTE = 7;
inline constexpr std::uint32_t SHT_NOBITS = 8;
inline constexpr std::uint64_t SHF_ALLOC = 2;
inline constexpr std::uint16_t ET_EXEC = 2;
inline constexpr std::uint16_t ET_DYN = 3;
inline constexpr std::uint16_t EM_X86_64 = 62;
inline constexpr std::uint16_t EM_AARCH64 = 183;

inline constexpr std::uint64_t kHeaderSize = 64;         // Elf64_Ehdr
inline constexpr std::uint64_t kProgramHeaderSize = 56;  // Elf64_Phdr
inline constexpr std::uint64_t kSectionHeaderSize = 64;  // Elf64_Shdr

struct ProgramHeader {
  std::uint32_t type = 0;
  std::uint32_t flags = 0;
  std::uint64_t offset = 0;
  std::uint64_t vaddr = 0;
  std::uint64_t paddr = 0;
  std::uint64_t filesz = 0;
  std::uint64_t memsz = 0;
  std::uint64_t align = 0;
};

struct SectionHeader {
  std::string name;
  std::uint32_t type = 0;
  std::uint64_t flags = 0;
  std::uint64_t addr = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint32_t link = 0;
  std::uint32_t info = 0;
  std::uint64_t addralign = 0;
  std::uint64_t entsize = 0;

  bool allocated() const { return (flags & SHF_ALLOC) != 0; }
  bool has_bytes() const { return type != SHT_NOBITS && type != SHT_NULL && size != 0; }
};

struct Image {
  std::uint16_t type = 0;
  std::uint16_t machine = 0;
  std::uint64_t program_headers_at = 0;
  std::uint64_t section_headers_at = 0;
  std::uint32_t name_section = 0;  // index of .shstrtab
  std::vector<ProgramHeader> segments;
  std::vector<SectionHeader> sections;  // with the null section at 0; empty when the file has no table
};

// Reads a little-endian ELF64 file. Errors name the field and its offset: other classes and byte orders,
// tables or ranges outside the file, names that don't end. Numbers beyond 65,279 are read as the gABI says
// (PN_XNUM, SHN_XINDEX).
Result<Image> read_image(ByteView file);

}  // namespace slim::elf
