// What stands in the headers of every zip that slim writes, whatever wrote them first.
#pragma once

#include <cstddef>
#include <cstdint>

#include "util/result.h"

namespace slim::archive {

constexpr std::uint16_t kFixedDate = (0 << 9) | (1 << 5) | 1;  // 1980-01-01
constexpr std::uint16_t kFixedTime = 0;

// The last pass over a zip of so many entries that was written by libzip: sets "made by" and the date in each
// directory record, and the date in those local headers where a time zone has bent it. Also a check that the
// archive can be read.
Status settle_headers(int descriptor, std::uint64_t file_size, std::size_t entries);

}  // namespace slim::archive
