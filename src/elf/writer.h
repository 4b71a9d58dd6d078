// Writes the new file from a layout.
#pragma once

#include "elf/image.h"
#include "elf/layout.h"
#include "elf/strip.h"
#include "util/bytes.h"

namespace slim::elf {

// Errors: sections that lie half in a segment, and others that could not be described in the new file.
Result<Bytes> write_image(const Image& image, ByteView file, const Layout& layout, StripLevel level);

}  // namespace slim::elf
