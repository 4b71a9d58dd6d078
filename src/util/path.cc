#include "util/path.h"

namespace slim {

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash + 1);
}

std::string_view name_of(std::string_view path) { return path.substr(folder_of(path).size()); }

std::string relative_target(std::string_view from, std::string_view to) {
  std::string_view left = folder_of(from);
  while (true) {  // whole components that both share
    const std::size_t slash = left.find('/');
    if (slash == std::string_view::npos || left.substr(0, slash + 1) != to.substr(0, slash + 1)) break;
    left.remove_prefix(slash + 1);
    to.remove_prefix(slash + 1);
  }
  std::string target;
  for (const char c : left) {
    if (c == '/') target += "../";
  }
  return target.append(to);
}

}  // namespace slim
