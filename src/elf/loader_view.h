// What a dynamic loader reads of a file before it runs anything: the dynamic section, where its tables lie,
// notes, thread-local storage. All ranges are checked; views point into the file.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "elf/reader.h"
#include "util/bytes.h"
#include "util/result.h"

namespace slim::elf {

struct DynamicEntry {
  std::int64_t tag = 0;
  std::uint64_t value = 0;
  auto operator<=>(const DynamicEntry&) const = default;
};

struct Note {
  std::uint32_t type = 0;
  std::string_view owner;  // without its NUL
  ByteView content;
};

struct LoaderView {
  std::vector<DynamicEntry> dynamic;  // up to and without DT_NULL
  ByteView strings;                   // DT_STRTAB, empty when there is none
  ByteView version_needs;             // from DT_VERNEED to the end of its segment
  std::uint64_t version_needs_count = 0;
  std::string_view interpreter;
  std::vector<Note> notes;  // of all PT_NOTE segments; of note sections in a file without segments
  bool executable_stack = false;

  // The last value of a tag, as the loader keeps it.
  std::optional<std::uint64_t> value(std::int64_t tag) const;
};

// The tables whose size a tag of their own tells.
struct SizedTable {
  std::int64_t at;
  std::int64_t size;
};
inline constexpr std::array sized_tables{
    SizedTable{dynamic_strings, dynamic_strings_size},
    SizedTable{dynamic_rela, dynamic_rela_size},
    SizedTable{dynamic_rel, dynamic_rel_size},
    SizedTable{dynamic_plt_relocations, dynamic_plt_size},
    SizedTable{dynamic_init_array, dynamic_init_array_size},
    SizedTable{dynamic_fini_array, dynamic_fini_array_size},
    SizedTable{dynamic_preinit_array, dynamic_preinit_array_size},
    SizedTable{dynamic_relr, dynamic_relr_size},
};

inline constexpr std::uint64_t most_versions = 10'000;  // that are followed; glibc has some 50

// The file offset that a virtual address is loaded from; nullopt when no PT_LOAD brings it from the file.
std::optional<std::uint64_t> offset_of_address(const Image& image, std::uint64_t address);

// What lies at an address, to the end of the segment's bytes in the file; nullopt as above.
std::optional<ByteView> loaded_from(const Image& image, std::uint64_t address);

// `size` bytes at an address; nullopt when no single PT_LOAD brings them all from the file.
std::optional<ByteView> loaded_range(const Image& image, std::uint64_t address, std::uint64_t size);

// Whether the kernel starts it itself: a program, dynamic, static or static PIE. A library it never sees.
bool is_program(const Image& image);

// Errors: a dynamic section whose tables lie outside of what is loaded.
Result<LoaderView> read_loader_view(const Image& image);

}  // namespace slim::elf
