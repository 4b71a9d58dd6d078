// Which names a package may have. One law for zip, tar and folder, so that what is read can be written to any
// of them, and no entry can be written outside of the output.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/entry.h"

namespace slim::archive {

// The path of an entry from its name in the container: "./" before it and "/" after it go, all else stays.
// Empty for the container's root itself ("./"). Errors name the entry: empty, absolute, '..', '.', '//', NUL,
// backslash, longer than Linux allows.
Result<std::string> path_from_name(std::string_view name);
bool has_backslash(std::string_view name);

// "entry 'a/b'", for errors.
std::string quoted(std::string_view path);

// A symlink's target as such: not empty, no NUL, no longer than Linux allows. Where it leads is nobody's
// business here: it is kept as it is, and never followed.
Status check_symlink_target(const std::string& path, std::string_view target);

// Sorts the entries by path. Gives for each its index before. A folder that is listed twice counts once (the
// later one). Errors: two entries of one path; entries below a file or a symlink.
Result<std::vector<std::size_t>> sort_and_check(std::vector<Entry>& entries);

}  // namespace slim::archive
