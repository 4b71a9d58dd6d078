// Paths inside a package: '/' between components, relative, without '.' and '..' (model/package.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace slim {

// The folder that holds the path: "a/b" for "a/b/c", "" for what is at the root.
std::string_view parent_of(std::string_view path);
// The same with its slash, "a/b/", so that it can stand before a name; "" at the root.
std::string_view folder_of(std::string_view path);
// "c" for "a/b/c".
std::string_view base_name(std::string_view path);

// The text of a symlink at `link` that leads to `file`, both paths in the package:
// "../c/d" for link "a/b" and file "c/d"; "d" for "a/b" and "a/d".
std::string relative_target(std::string_view link, std::string_view file);

// The number that follows a beginning: 20 of "nodejs/node20/x" behind "nodejs/node".
std::optional<int> number_behind(std::string_view beginning, std::string_view path);

}  // namespace slim
