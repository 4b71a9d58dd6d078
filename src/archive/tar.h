// Tar files, plain or packed by gzip, xz or zstd, read and written: the wall in front of libarchive.
#pragma once

#include <functional>
#include <span>

#include "archive/entry.h"
#include "util/file.h"

namespace slim::archive {

// Reads a whole tar; contents go to an unlinked scratch file, as a tar has no table and can only be read from
// front to back. A hard link becomes a file that shares its bytes. Of several members with one name the last
// one counts, as for whoever unpacks the tar; hard links to an earlier one keep that one's bytes.
// Errors: what libarchive can't read, special files, names (entry_names.h), a member below a link or file, a
// folder with content that something else replaces (unpackers disagree about both), more unpacked bytes than
// an honest package can have, a full disk.
Result<Contents> read_tar(Descriptor file);

// Writes entries, in the order given, to the empty file behind `descriptor` and returns its size. data(i) is
// called once for each regular file, in order; done(i) once its bytes are no longer needed, and for the other
// entries too. Of files with one number as Entry::hard_link all but the first become links to it, and are not
// asked for. Dates are 1980-01-01 00:00:00 UTC, owners are numbers only; the bytes depend on the arguments
// alone.
Result<std::uint64_t> write_tar(int descriptor, ContainerFormat format, std::span<const Entry> entries,
                                const std::function<Result<Bytes>(std::size_t)>& data,
                                const std::function<void(std::size_t)>& done);

}  // namespace slim::archive
