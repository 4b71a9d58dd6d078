// Where every byte of an ELF file belongs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "elf/reader.h"

namespace slim::elf {

struct Share {
  std::string owner;  // "ELF header", ".text", "segment 3, no section", "nothing refers to it"
  std::uint64_t bytes = 0;
  bool loaded = false;  // covered by a program header: it stays, whatever the level
};

// Shares sum to the file's size, exactly. In the order of the file, one for each owner.
std::vector<Share> account_for(const Image& image);

}  // namespace slim::elf
