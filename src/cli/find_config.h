// Where a slim.toml that nobody named may lie.
#pragma once

#include <optional>
#include <string>

namespace slim {

inline constexpr const char* kConfigName = "slim.toml";

// The first slim.toml in the folder that holds `package` (the current one, where it is empty) or in those
// above, up to the first that holds .git. Folders in which anyone may make files, such as /tmp, are passed
// over: what another user has put there is not the project's. Relative to the current folder where it lies in
// it.
std::optional<std::string> find_config(const std::string& package);

// Whether `path` lies in `folder`, symlinks followed.
bool is_inside(const std::string& path, const std::string& folder);

}  // namespace slim
