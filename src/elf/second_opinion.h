// LIEF's view of a file, to set beside slim's own. The implementation, lief_facts.cc, is the only file that
// includes LIEF.
#pragma once

#include <array>
#include <string>

#include "elf/facts.h"
#include "elf/reader.h"
#include "hash/hash.h"

namespace slim::elf {

// What LIEF reads in a file, by digests: a library with many relocations takes LIEF more than its size, and
// two of them need not be in memory at once.
struct SecondOpinion {
  enum Part : std::uint8_t { segments, dynamic, symbols, relocations, definitions, notes };
  static constexpr std::size_t kParts = 6;
  std::array<Hash128, kParts> parts = {};
  Facts facts;
  std::string fault;  // why there is no opinion; empty when there is
};

// For 64-bit little-endian files of which ambiguity() (elf/ambiguity.h) has nothing to say: LIEF believes
// more than it should. symbols: the file's dynamic symbols; of a rewritten file those of its original.
SecondOpinion second_opinion(const Image& image, std::uint64_t symbols);

// Whether LIEF sees the same program in both: segments, dynamic section, initialisers, dynamic symbols,
// relocations, versions, notes, build id, and the facts that slim's own reader finds in the second. Empty
// when it does, else the first difference. symbols: as above.
std::string difference(const SecondOpinion& before, ByteView rewritten, std::uint64_t symbols);

}  // namespace slim::elf
