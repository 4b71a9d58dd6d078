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
// The date of what was written; nothing happens where it isn't known.
Status set_time(int root, const std::string& path, std::optional<std::int64_t> mtime);
// Folders get their modes last, deepest first: one without 'w' takes no more files.
Status set_folder_mode(int root, const std::string& path, std::uint32_t mode);

// For changes in place. The owner of the entry at `path` below `root` is given to the staged one; an error
// where the two are on different file systems, as a rename would fail.
Status check_replaceable(int staged, int root, const std::string& path);
// Renames `path` below `staged` to `path` below `root`, over what is there.
Status move_entry(int staged, int root, const std::string& path);
// Removes a file or link, or an empty folder. What is gone already is no error.
Status remove_entry(int root, const std::string& path, bool folder);

}  // namespace slim::archive
