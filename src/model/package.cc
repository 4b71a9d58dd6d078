#include "model/package.h"

#include <algorithm>

namespace slim {
namespace {

auto first_not_before(const Package& package, std::string_view path) {
  return std::ranges::lower_bound(package.entries, path, {},
                                  [](const Entry& entry) { return std::string_view(entry.path); });
}

}  // namespace

std::optional<std::size_t> find_entry(const Package& package, std::string_view path) {
  const auto found = first_not_before(package, path);
  if (found == package.entries.end() || found->path != path) return std::nullopt;
  return static_cast<std::size_t>(found - package.entries.begin());
}

bool has_entries_below(const Package& package, std::string_view folder) {
  const auto found = first_not_before(package, folder);
  return found != package.entries.end() && found->path.starts_with(folder);
}

std::uint64_t unpacked_bytes(const Package& package) {
  std::uint64_t sum = 0;
  for (const Entry& entry : package.entries) sum += entry.size;
  return sum;
}

}  // namespace slim
