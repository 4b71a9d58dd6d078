// A package as files on disk, for as long as the object lives.
#pragma once

#include "model/package.h"
#include "util/file.h"

namespace slim {

// Into a folder that is there and empty. Never touches the package. Errors name the entry.
Status unpack_into(const std::string& folder, const Package& package, unsigned threads);

// A new folder below $TMPDIR or /tmp.
Result<TemporaryPath> trial_folder();

// Unpacks into a new folder of that kind.
Result<TemporaryPath> unpack(const Package& package, unsigned threads);

}  // namespace slim
