#include "diff/diff.h"

#include <algorithm>
#include <set>

namespace slim {
namespace {

std::uint64_t distance(std::uint64_t a, std::uint64_t b) { return a > b ? a - b : b - a; }

// Most bytes of change first, then by name.
template <typename Item, typename Name>
void sort_by_change(std::vector<Item>& items, Name name) {
  std::ranges::sort(items, [&](const Item& a, const Item& b) {
    const std::uint64_t left = distance(a.before, a.after);
    const std::uint64_t right = distance(b.before, b.after);
    return left != right ? left > right : std::invoke(name, a) < std::invoke(name, b);
  });
}

// Contents that a report does not state are compared by size alone.
bool same_content(const SnapshotFile& a, const SnapshotFile& b) {
  return a.bytes == b.bytes && (a.hash == b.hash || a.hash.empty() || b.hash.empty());
}

Change change_between(const SnapshotFile& before, const SnapshotFile& after) {
  if (before.bytes == after.bytes) return Change::changed;
  return after.bytes > before.bytes ? Change::grown : Change::shrunk;
}

std::vector<FileChange> file_changes(const Snapshot& before, const Snapshot& after) {
  std::vector<FileChange> changes;
  for (const auto& [path, old] : before.files) {
    const auto found = after.files.find(path);
    if (found == after.files.end()) {
      changes.push_back({path, old.owner, Change::removed, old.bytes, 0});
    } else if (!same_content(old, found->second)) {
      changes.push_back(
          {path, found->second.owner, change_between(old, found->second), old.bytes, found->second.bytes});
    }
  }
  for (const auto& [path, file] : after.files) {
    if (!before.files.contains(path)) changes.push_back({path, file.owner, Change::added, 0, file.bytes});
  }
  sort_by_change(changes, &FileChange::path);
  return changes;
}

std::string version_in(const Snapshot& snapshot, const std::string& owner) {
  const auto found = snapshot.versions.find(owner);
  return found == snapshot.versions.end() ? "" : found->second;
}

std::vector<OwnerChange> owner_changes(const Comparison& comparison) {
  std::map<std::string, OwnerChange> owners;
  for (const auto& [path, file] : comparison.before.files) owners[file.owner].before += file.bytes;
  for (const auto& [path, file] : comparison.after.files) owners[file.owner].after += file.bytes;
  for (const FileChange& change : comparison.files) ++owners[change.owner].files;
  std::vector<OwnerChange> changes;
  for (auto& [name, owner] : owners) {
    owner.name = name;
    owner.version_before = version_in(comparison.before, name);
    owner.version_after = version_in(comparison.after, name);
    if (owner.files != 0 || owner.before != owner.after) changes.push_back(std::move(owner));
  }
  sort_by_change(changes, &OwnerChange::name);
  return changes;
}

}  // namespace

Comparison compare(Snapshot before, Snapshot after) {
  Comparison comparison{std::move(before), std::move(after), {}, {}};
  comparison.files = file_changes(comparison.before, comparison.after);
  comparison.owners = owner_changes(comparison);
  return comparison;
}

}  // namespace slim
