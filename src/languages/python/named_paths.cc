#include "languages/python/named_paths.h"

#include <algorithm>
#include <string>

#include "util/path.h"

namespace slim {
namespace {

using Kind = Reference::Kind;

// Code is meant by a path that leads to a folder in full, and by a pattern that asks for it: "tests/*.py".
bool means_code(const std::vector<std::string_view>& path, std::size_t used) {
  return used == path.size() ? used > 1 : path.back().ends_with(".py");
}

void add_below(const PackageNames& names, std::string_view folder, const std::vector<std::string_view>& path,
               std::vector<Reference>& references) {
  std::string found(folder);
  std::size_t used = 0;
  for (; used < path.size(); ++used) {
    const std::string next = found + std::string(path[used]);
    if (names.is_file(next)) return references.push_back({Kind::path, next, false});
    if (!names.is_folder(next)) break;
    found = next + "/";
  }
  if (used > 0) references.push_back({means_code(path, used) ? Kind::path : Kind::folder, found, false});
}

}  // namespace

std::vector<std::string_view> path_components(std::string_view text, char separator) {
  std::vector<std::string_view> components;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    const std::string_view component = text.substr(at, end - at);
    at = end + 1;
    if (component.find_first_not_of('.') != std::string_view::npos) components.push_back(component);
  }
  return components;
}

void add_named_path(const PackageNames& names, std::string_view file,
                    const std::vector<std::string_view>& path, std::vector<Reference>& references) {
  const std::size_t root = file.size() - names.below_root(file).size();
  for (std::string_view folder = folder_of(file);; folder = folder_of(folder.substr(0, folder.size() - 1))) {
    add_below(names, folder, path, references);
    if (folder.size() <= root) return;
  }
}

}  // namespace slim
