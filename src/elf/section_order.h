// New numbers for the sections that stay, and the names they share. See section_order.cc.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "elf/candidates.h"
#include "elf/reader.h"

namespace slim::elf {

inline constexpr std::uint32_t no_section = 0xffffffff;

struct SectionOrder {
  std::vector<std::uint32_t> old_index;  // by new index: the section it was; no_section for an empty header
  std::vector<std::uint32_t> new_index;  // by old index: 0 for a section that goes
};

// Errors: a loaded symbol table with extended section numbers, which no linker makes.
Result<SectionOrder> order_sections(const Image& image, const std::vector<SectionVerdict>& verdicts);

// One string table in which a name that ends another shares its bytes, as GNU ld makes it.
struct NameTable {
  std::string bytes;
  std::vector<std::uint32_t> offset;  // by index in the names given
};
NameTable share_names(const std::vector<std::string_view>& names);

}  // namespace slim::elf
