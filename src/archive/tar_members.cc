#include "archive/tar_members.h"

#include <string_view>
#include <utility>

#include "archive/entry_names.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::archive {

Status TarMembers::add(Entry entry, const Spooled& where) {
  CHECK_OK(check_parents(entry.path));
  const auto [found, is_new] = by_path_.emplace(entry.path, entries_.size());
  const bool is_folder = entry.type == EntryType::directory;
  const bool was_folder = is_new || entries_[found->second].type == EntryType::directory;
  if (was_folder && !is_folder && filled_.contains(entry.path)) {
    return fail(
        format("{} is a folder with content first and something else later, which no two programs "
               "unpack alike: build the tar again",
               quoted(entry.path)));
  }
  if (is_new) {
    filled_.emplace(parent_of(entry.path));
    entries_.push_back(std::move(entry));
    places_.push_back(where);
    return {};
  }
  if (!was_folder || !is_folder) ++replaced_;
  Entry& before = entries_[found->second];
  before = std::move(entry);
  places_[found->second] = where;
  return {};
}

// What lies below a link would be written where that leads.
Status TarMembers::check_parents(const std::string& path) const {
  for (std::string_view parent = parent_of(path); !parent.empty(); parent = parent_of(parent)) {
    const auto found = by_path_.find(std::string(parent));
    if (found == by_path_.end() || entries_[found->second].type == EntryType::directory) continue;
    return fail(format("entry '{}' lies below '{}', which is a {}: build the package without it",
                       printable(path), printable(std::string(parent)),
                       entries_[found->second].type == EntryType::symlink ? "symlink" : "file"));
  }
  return {};
}

Result<Spooled> TarMembers::link(const std::string& original, Entry& entry) {
  TRY(const std::string path, path_from_name(original));
  const auto found = by_path_.find(path);
  if (found == by_path_.end() || entries_[found->second].type == EntryType::directory) {
    return fail(format("{} is a hard link to '{}', which no earlier entry is: build the tar again",
                       quoted(entry.path), printable(path)));
  }
  Entry& first = entries_[found->second];
  if (first.type == EntryType::file) {
    if (first.hard_link == 0) first.hard_link = ++hard_links_;
    entry.hard_link = first.hard_link;
    entry.xattrs = first.xattrs;
  }
  entry.type = first.type;
  entry.target = first.target;
  entry.size = first.size;
  return places_[found->second];
}

Result<std::vector<Spooled>> TarMembers::give_sorted(std::vector<Entry>& entries) {
  entries = std::move(entries_);
  TRY(const std::vector<std::size_t> order, sort_and_check(entries));
  std::vector<Spooled> sorted;
  sorted.reserve(order.size());
  for (const std::size_t place : order) sorted.push_back(places_[place]);
  return sorted;
}

}  // namespace slim::archive
