// Zip files, read and written: the wall in front of libzip.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "archive/entry.h"
#include "util/file.h"

namespace slim::archive {

// Reads the table of a zip. The source keeps the descriptor. Errors: see zip_directory.h and entry_names.h;
// the file's name is for the caller to add.
Result<Contents> read_zip(Descriptor file, bool takes_backslashes = false);

// One entry to write: what stands in the headers.
struct ZipItem {
  std::string name;             // a folder's ends with '/'
  std::uint32_t unix_mode = 0;  // st_mode: type and permissions, e.g. 0100644
};

// Writes a zip to the file behind `descriptor`, entries in the order given, and returns its size.
// data(i) is called once for each item, in order; its bytes are freed before done(i) is called. The file's
// bytes depend on the arguments alone: 1980-01-01 00:00:00, made by unix for 2.0, no extra fields but a jar's
// marker, no data descriptors, zip64 only where a number needs it. The frame's prefix is there already;
// offsets count from its start, which all readers understand. Errors: those of data(i), those of writing.
Result<std::uint64_t> write_zip(int descriptor, std::span<const ZipItem> items,
                                const std::function<Result<PackedEntry>(std::size_t)>& data,
                                const std::function<void(std::size_t)>& done, const ZipFrame& frame = {});

}  // namespace slim::archive
