// Which files slim rewrites, and which sections of them may go. Everything not known to be of no use at run
// time stays.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "elf/layout.h"
#include "elf/reader.h"
#include "elf/strip.h"

namespace slim::elf {

enum class SectionFate : std::uint8_t {
  in_segment,  // its bytes belong to a segment, its header stays
  kept,        // no segment holds it, but a later tool, or the program itself, may want it
  dropped,     // header and bytes go
  header_gone  // its bytes belong to a segment, its header goes
};

struct SectionVerdict {
  SectionFate fate = SectionFate::dropped;
  const char* why = "";  // one clause
};

// Why a file is not touched at any level; empty when it may be. By the ELF header alone, then by all of it.
std::string reason_by_header(const Image& image);
std::string reason_to_leave(const Image& image, const Layout& layout);

// The level that is safe for this file, at most the one asked for; `why` says what held it back, if anything.
StripLevel safe_level(const Image& image, StripLevel asked, std::string& why);

// One verdict for each section of the file.
std::vector<SectionVerdict> judge_sections(const Image& image, const Layout& layout, StripLevel level);

}  // namespace slim::elf
