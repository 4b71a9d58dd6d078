// Alignments of segments that are larger than any page and that nothing in the file asks for. See page_align.cc.
#pragma once

#include "elf/reader.h"

namespace slim::elf {

// The image with the alignments of its PT_LOADs lowered to the page where that closes a hole in the file; the
// same where it closes none, or where there is a doubt. Its bytes are those of the original.
Image with_page_alignment(const Image& image);

}  // namespace slim::elf
