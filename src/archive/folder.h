// Plain folders, read and written. No symlink in a package is ever followed.
#pragma once

#include <functional>
#include <string>

#include "archive/entry.h"
#include "util/file.h"

namespace slim::archive {

// Lists a folder, all below it. Errors: special files, what can't be read, names (entry_names.h). load()
// fails when a file has changed since.
Result<Contents> read_folder(const std::string& path);

// Opens the parent of `path` below `root`, without following a symlink on the way.
Result<Descriptor> open_parent(int root, std::string_view path);

// The three things that a folder holds, written below `root` as new names. Parents must exist.
Status write_file(int root, const std::string& path, ByteView bytes, std::uint32_t mode);
Status write_symlink(int root, const std::string& path, const std::string& target);
Status write_folder(int root, const std::string& path);
// Folders get their modes last, deepest first: one without 'w' takes no more files.
Status set_folder_mode(int root, const std::string& path, std::uint32_t mode);

}  // namespace slim::archive
