// What a strip removes, as the separate file that debuggers look for.
#pragma once

#include "elf/reader.h"

namespace slim::elf {

// An ELF file with the same section numbers and addresses as `image`, with the contents of all sections that
// are not loaded (debug information, symbol tables), and of notes, by which it is found. For 64-bit
// little-endian files; others, and files without a section table, are errors.
Result<Bytes> debug_file(const Image& image);

// Where debuggers look for the file of a build id ("ab12…", hex), below a debug directory:
// ".build-id/ab/12….debug". Empty for a build id that is too short or too long to name a file.
// Source: GDB manual, "Separate Debug Files".
std::string debug_file_path(const std::string& build_id);

}  // namespace slim::elf
