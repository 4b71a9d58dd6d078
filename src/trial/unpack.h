// A package as files on disk, for as long as the object lives.
#pragma once

#include "model/package.h"
#include "util/file.h"

namespace slim {

// Unpacks into a new folder below $TMPDIR or /tmp. Never touches the package. Errors name the entry.
Result<TemporaryPath> unpack(const Package& package, unsigned threads);

}  // namespace slim
