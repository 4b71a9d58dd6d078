// The numbers of the ELF format that slim uses (System V gABI, chapters 4 and 5, and the GNU additions),
// under names of its own: <elf.h> is a header of macros.
#pragma once

#include <cstdint>

namespace slim::elf {

enum FileType : std::uint16_t { type_relocatable = 1, type_executable = 2, type_shared = 3, type_core = 4 };

enum MachineId : std::uint16_t { machine_x86_64 = 62, machine_aarch64 = 183 };

enum SegmentType : std::uint32_t {
  segment_load = 1,
  segment_dynamic = 2,
  segment_interpreter = 3,
  segment_note = 4,
  segment_program_headers = 6,
  segment_tls = 7,
  segment_gnu_stack = 0x6474e551,
};

enum SegmentFlag : std::uint32_t { segment_executable = 1, segment_writable = 2 };

enum SectionType : std::uint32_t {
  section_null = 0,
  section_progbits = 1,
  section_symbols = 2,
  section_strings = 3,
  section_rela = 4,
  section_note = 7,
  section_nobits = 8,
  section_rel = 9,
  section_dynamic_symbols = 11,
  section_group = 17,
  section_symbol_indices = 18,  // SHT_SYMTAB_SHNDX
};

enum SectionFlag : std::uint64_t {
  section_allocated = 0x2,
  section_info_link = 0x40,
  section_in_group = 0x200,
};

// Special section numbers (gABI "Special Section Indexes"): from index_reserved on they are no indexes.
enum SectionIndex : std::uint32_t { index_undefined = 0, index_reserved = 0xff00, index_extended = 0xffff };
inline constexpr std::uint16_t phnum_extended = 0xffff;  // PN_XNUM: the number is in section 0's sh_info

enum DynamicTag : std::int64_t {
  dynamic_null = 0,
  dynamic_needed = 1,
  dynamic_hash = 4,
  dynamic_strings = 5,
  dynamic_symbols = 6,
  dynamic_rela = 7,
  dynamic_rela_size = 8,
  dynamic_strings_size = 10,
  dynamic_soname = 14,
  dynamic_rpath = 15,
  dynamic_rel = 17,
  dynamic_rel_size = 18,
  dynamic_plt_size = 2,
  dynamic_plt_relocations = 23,
  dynamic_text_relocations = 22,
  dynamic_init_array = 25,
  dynamic_fini_array = 26,
  dynamic_init_array_size = 27,
  dynamic_fini_array_size = 28,
  dynamic_preinit_array = 32,
  dynamic_preinit_array_size = 33,
  dynamic_relr_size = 35,
  dynamic_relr = 36,
  dynamic_flags = 30,
  dynamic_runpath = 29,
  dynamic_gnu_hash = 0x6ffffef5,
  dynamic_flags_1 = 0x6ffffffb,
  dynamic_symbol_versions = 0x6ffffff0,
  dynamic_version_definitions = 0x6ffffffc,
  dynamic_version_definitions_count = 0x6ffffffd,
  dynamic_version_needs = 0x6ffffffe,
  dynamic_version_needs_count = 0x6fffffff,
};

inline constexpr std::uint64_t dynamic_flag_1_pie = 0x08000000;  // DF_1_PIE: a program, not a library

// Where a header's fields lie, for the two classes of file.
struct Shape {
  std::uint16_t header, segment, section, symbol;  // sizes of Ehdr, Phdr, Shdr, Sym
  std::uint8_t word;                               // size of an address or offset
};
inline constexpr Shape shape_32{52, 32, 40, 16, 4};
inline constexpr Shape shape_64{64, 56, 64, 24, 8};

}  // namespace slim::elf
