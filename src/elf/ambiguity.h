// What two loaders, or two readers, could understand differently in one file.
#pragma once

#include <string>

#include "elf/reader.h"

namespace slim::elf {

// Why the file can't be judged; empty when all readers must see the same program in it. No linker makes such
// files, so slim leaves them alone, and LIEF, which believes what it reads, never sees one.
std::string ambiguity(const Image& image);

// The number of dynamic symbols, by the section table; 0 when it doesn't tell.
std::uint64_t dynamic_symbol_count(const Image& image);

}  // namespace slim::elf
