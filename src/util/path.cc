#include "util/path.h"

#include <charconv>
#include <system_error>

namespace slim {

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.size() - base_name(path).size());
}

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string relative_target(std::string_view link, std::string_view file) {
  // The common part ends with the last '/' that both have at the same place with the same text before it.
  std::size_t common = 0;
  for (std::size_t i = 0; i < link.size() && i < file.size() && link[i] == file[i]; ++i) {
    if (link[i] == '/') common = i + 1;
  }
  std::string target;
  for (const char c : link.substr(common)) {
    if (c == '/') target += "../";
  }
  target += file.substr(common);
  return target;
}

std::optional<int> number_behind(std::string_view beginning, std::string_view path) {
  if (!path.starts_with(beginning)) return std::nullopt;
  path.remove_prefix(beginning.size());
  int value = 0;
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), value);
  return error == std::errc{} && value >= 0 ? std::optional(value) : std::nullopt;
}

}  // namespace slim
