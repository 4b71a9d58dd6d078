// From the records of a zip's directory to entries, and to a source of their bytes.
#pragma once

#include "archive/entry.h"
#include "archive/zip_directory.h"
#include "util/file.h"
#include "util/result.h"

namespace slim::archive {

// Fills all of Contents but container_bytes. The source keeps the descriptor. With `takes_backslashes` a
// backslash in a name is taken for the slash that was meant. Errors: names and targets of links that no package
// may have (entry_names.h), folders with content, special files, targets that can't be read.
Result<Contents> zip_contents(Descriptor file, ZipDirectory directory, bool takes_backslashes);

}  // namespace slim::archive
