// LIEF's view of a file, to set beside slim's own. The implementation, lief_facts.cc, is the only file that
// includes LIEF.
#pragma once

#include <string>

#include "elf/reader.h"

namespace slim::elf {

// Whether LIEF sees the same program in both: dynamic section, dynamic symbols, relocations, versions, notes,
// thread-local storage, initialisers, build id, and the facts that slim's own reader has. Empty when it does,
// else the first difference. For 64-bit little-endian files of which ambiguity() (elf/ambiguity.h) has
// nothing to say: LIEF believes more than it should.
std::string second_opinion_difference(const Image& original, const Image& rewritten);

}  // namespace slim::elf
