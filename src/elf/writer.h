// Puts the smaller file together: the layout's blocks, what is kept behind them, and a new section table.
#pragma once

#include <vector>

#include "elf/candidates.h"
#include "elf/layout.h"
#include "elf/reader.h"
#include "util/bytes.h"

namespace slim::elf {

// No output can be smaller than this; to be asked first, since sections that overlap could come to any size.
std::uint64_t smallest_size(const Image& image, const Layout& layout,
                            const std::vector<SectionVerdict>& verdicts);

// For 64-bit little-endian images. Without a section table when `with_table` is false. Errors: what the
// section table can't express.
Result<Bytes> write_image(const Image& image, const Layout& layout,
                          const std::vector<SectionVerdict>& verdicts, bool with_table);

}  // namespace slim::elf
