#include "archive/entry_names.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "util/format.h"
#include "util/path.h"

namespace slim::archive {
namespace {

// Linux: PATH_MAX counts the final NUL, NAME_MAX does not.
constexpr std::size_t kLongestPath = 4095;
constexpr std::size_t kLongestComponent = 255;
constexpr std::size_t kShownOfALongName = 60;

std::string shown(std::string_view name) {
  if (name.size() <= 2 * kShownOfALongName) return printable(std::string(name));
  return printable(std::string(name.substr(0, kShownOfALongName))) + "…";
}

tl::unexpected<Error> refuse(std::string_view name, std::string_view why) {
  return fail(format("entry '{}' {}: build the package without it", shown(name), why));
}

}  // namespace

std::string quoted(std::string_view path) { return format("entry '{}'", printable(std::string(path))); }

bool has_backslash(std::string_view name) { return name.find('\\') != std::string_view::npos; }

Result<std::string> path_from_name(std::string_view name) {
  const std::string_view whole = name;
  if (name.empty()) return fail("an entry has an empty name: build the package again");
  if (name.find('\0') != std::string_view::npos) return refuse(whole, "has a NUL byte in its name");
  if (has_backslash(name)) {
    return fail(
        format("entry '{}' has a backslash in its name, which Linux takes as part of the name, and not "
               "as a folder's end (Compress-Archive of Windows PowerShell 5 writes such zips): pack "
               "with PowerShell 7, 7-Zip or tar",
               shown(whole)));
  }
  if (name.front() == '/') return refuse(whole, "has an absolute name");
  while (name.starts_with("./")) name.remove_prefix(2);
  if (name.empty() || name == ".") return std::string();
  if (name.back() == '/') name.remove_suffix(1);
  if (name.size() > kLongestPath) return refuse(whole, format("has a name of {} bytes", name.size()));
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view component = name.substr(begin, end - begin);
    if (component.empty()) return refuse(whole, "has '//' in its name");
    if (component == "..") return refuse(whole, "has '..' in its name and could leave the package");
    if (component == ".") return refuse(whole, "has a '.' inside its name");
    if (component.size() > kLongestComponent) {
      return refuse(whole, format("has a component of {} bytes in its name, more than a file system takes",
                                  component.size()));
    }
    begin = end + 1;
  }
  return std::string(name);
}

Status check_symlink_target(const std::string& path, std::string_view target) {
  if (target.empty()) return refuse(path, "is a symlink without a target");
  if (target.find('\0') != std::string_view::npos)
    return refuse(path, "is a symlink with a NUL in its target");
  if (target.size() > kLongestPath) return refuse(path, "is a symlink with a target longer than 4095 bytes");
  return {};
}

Result<std::vector<std::size_t>> sort_and_check(std::vector<Entry>& entries) {
  std::vector<std::size_t> order(entries.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int compared = entries[a].path.compare(entries[b].path);
    return compared != 0 ? compared < 0 : a < b;
  });

  std::vector<Entry> sorted;
  std::vector<std::size_t> places;
  sorted.reserve(entries.size());
  places.reserve(entries.size());
  for (const std::size_t from : order) {
    Entry& entry = entries[from];
    if (!sorted.empty() && sorted.back().path == entry.path) {
      if (entry.type != EntryType::directory || sorted.back().type != EntryType::directory) {
        return fail(
            format("entry '{}' is there twice: build the package with one of them", shown(entry.path)));
      }
      sorted.pop_back();
      places.pop_back();
    }
    sorted.push_back(std::move(entry));
    places.push_back(from);
  }
  entries = std::move(sorted);

  std::unordered_map<std::string_view, EntryType> types;
  types.reserve(entries.size());
  for (const Entry& entry : entries) types.emplace(entry.path, entry.type);
  for (const Entry& entry : entries) {
    for (std::string_view parent = parent_of(entry.path); !parent.empty(); parent = parent_of(parent)) {
      const auto found = types.find(parent);
      if (found == types.end() || found->second == EntryType::directory) continue;
      return refuse(entry.path, format("lies below '{}', which is a {}", shown(parent),
                                       found->second == EntryType::symlink ? "symlink" : "file"));
    }
  }
  return places;
}

}  // namespace slim::archive
