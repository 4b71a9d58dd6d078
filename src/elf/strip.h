// Fewer bytes, same program. The one entrance to the ELF engine; see docs/elf.md for what may go and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "util/bytes.h"

namespace slim::elf {

enum class StripLevel : std::uint8_t {
  none,      // nothing
  debug,     // debug sections; the symbol table stays for backtraces
  symbols,   // everything that no segment covers, except notes; a section table of the allocated sections
             // stays
  sections,  // and no section table at all
};

std::optional<StripLevel> strip_level_from(const std::string& name);
const char* strip_level_name(StripLevel level);

struct StripResult {
  std::optional<Bytes> bytes;  // the smaller file, verified; nullopt: keep the original
  std::string reason;          // why the original stays, one clause; empty when bytes are given
  bool doubtful = false;  // the original stays because a check failed, not because nothing could be gained
  StripLevel level = StripLevel::none;  // that was used: at most the one asked for
  std::string held_back;                // why it is lower than asked, one clause; else empty
};

// A pure function of the bytes and the level. Never throws on any input but for want of memory.
StripResult strip(ByteView original, StripLevel level);
// The same, but frees the original as early as it can, which halves the memory at its peak.
StripResult strip(Bytes&& original, StripLevel level);

// At most how many bytes strip() could take away; 0 where it would leave the file alone. Told by the headers,
// without making the new file.
std::uint64_t strippable_bytes(ByteView original, StripLevel level);

}  // namespace slim::elf
