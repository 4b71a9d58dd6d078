// What patchelf leaves behind inside of segments. See filler.cc.
#pragma once

#include "elf/reader.h"

namespace slim::elf {

// The image with the file sizes of its segments lowered by the filler at their ends; the same where there is
// none. Its bytes are those of the original.
Image without_filler(const Image& image);

}  // namespace slim::elf
