// Arithmetic on package paths: '/'-separated, relative, normal.
#pragma once

#include <string>
#include <string_view>

namespace slim {

// "a/b/c" -> "a/b/"; "c" -> "".
std::string_view folder_of(std::string_view path);

// "a/b/c" -> "c".
std::string_view name_of(std::string_view path);

// The target of a symlink at `from` that points to `to`: relative_target("a/b/x", "a/c/y") == "../c/y".
std::string relative_target(std::string_view from, std::string_view to);

}  // namespace slim
