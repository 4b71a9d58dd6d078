#include "model/package.h"

#include <algorithm>
#include <functional>
#include <numeric>

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

bool has_file(const Package& package, std::string_view path) {
  const auto index = find_entry(package, path);
  return index && package.entries[*index].type != EntryType::directory;
}

bool has_entries_below(const Package& package, std::string_view folder) {
  const auto found = first_not_before(package, folder);
  return found != package.entries.end() && found->path.starts_with(folder);
}

Result<std::string> load_text(const Package& package, std::string_view path) {
  const auto index = find_entry(package, path);
  if (!index || package.entries[*index].type != EntryType::file) return std::string();
  TRY(const Bytes bytes, package.load(*index));
  return std::string(as_text(bytes));
}

std::vector<std::size_t> all_entries(const Package& package) {
  std::vector<std::size_t> all(package.entries.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

std::vector<std::size_t> largest_first(const Package& package, std::vector<std::size_t> entries) {
  std::ranges::stable_sort(entries, std::greater{}, [&](std::size_t i) { return package.entries[i].size; });
  return entries;
}

std::uint64_t unpacked_bytes(const Package& package) {
  std::uint64_t sum = 0;
  for (const Entry& entry : package.entries) sum += entry.size;
  return sum;
}

bool is_named_as(const Package& package, std::string_view output,
                 std::initializer_list<std::string_view> suffixes) {
  return std::ranges::any_of(suffixes, [&](std::string_view suffix) {
    return (package.format == ContainerFormat::zip && package.path.ends_with(suffix)) ||
           output.ends_with(suffix);
  });
}

}  // namespace slim
