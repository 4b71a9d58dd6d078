// Which files must be left alone, and how far the others may be stripped.
#pragma once

#include <optional>
#include <string>

#include "elf/image.h"
#include "elf/strip.h"

namespace slim::elf {

// Why nothing may be taken from this file; nullopt where something may.
std::optional<std::string> reason_to_leave(const Image& image, ByteView file);

// The level that is safe for this file, at most the one that is asked for.
StripLevel allowed_level(const Image& image, StripLevel asked);

}  // namespace slim::elf
