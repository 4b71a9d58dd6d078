// A package as files on disk, for as long as the object lives.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "model/package.h"
#include "util/file.h"

namespace slim {

// All folders of a package, those that are only parents too; parents come before what is in them.
std::set<std::string> folders_of(const Package& package);

// Makes a folder, or what is in it go.
Status make_empty_folder(const std::string& folder);

// Writes these entries, none of which is a directory, below `root`. Their folders must be there.
Status unpack_entries(const Package& package, const std::vector<std::size_t>& entries, int root,
                      unsigned threads);

// Into a folder that is there and empty. Never touches the package. Errors name the entry.
Status unpack_into(const std::string& folder, const Package& package, unsigned threads);

// A new folder below $TMPDIR or /tmp.
Result<TemporaryPath> trial_folder();

// Unpacks into a new folder of that kind.
Result<TemporaryPath> unpack(const Package& package, unsigned threads);

}  // namespace slim
