#include "cli/find_config.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

namespace slim {
namespace {

namespace fs = std::filesystem;

fs::path folder_of_package(const std::string& package) {
  std::error_code error;
  if (package.empty()) return fs::current_path(error);
  fs::path path = fs::absolute(package, error).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // "folder/"
  const fs::path folder = fs::weakly_canonical(path.parent_path(), error);
  return error ? path.parent_path() : folder;
}

// As /tmp: sticky, and writable by all.
bool is_shared(const fs::path& folder) {
  struct stat status{};
  return stat(folder.c_str(), &status) == 0 && (status.st_mode & S_ISVTX) != 0 &&
         (status.st_mode & S_IWOTH) != 0;
}

std::string shown(const fs::path& path) {
  std::error_code error;
  const fs::path current = fs::current_path(error);
  const fs::path relative = path.lexically_relative(current);
  return error || relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

}  // namespace

std::optional<std::string> find_config(const std::string& package) {
  std::error_code error;
  for (fs::path folder = folder_of_package(package);; folder = folder.parent_path()) {
    const fs::path config = folder / kConfigName;
    if (!is_shared(folder) && fs::is_regular_file(config, error)) return shown(config);
    if (fs::exists(folder / ".git", error) || !folder.has_relative_path()) return std::nullopt;
  }
}

bool is_inside(const std::string& path, const std::string& folder) {
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(path, error);
  if (error) return false;
  const fs::path outer = fs::weakly_canonical(folder.empty() ? "." : folder, error);
  if (error) return false;
  const auto [end, ignored] = std::ranges::mismatch(outer, inner);
  return end == outer.end();
}

}  // namespace slim
