#include "model/output_table.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "util/ascii.h"
#include "util/path.h"

namespace slim {
namespace {

constexpr std::uint32_t kAnyExecuteBit = 0111;

std::uint32_t mode_in_zip(const Entry& entry) {
  if (entry.type == EntryType::symlink) return 0777;
  if (entry.type == EntryType::directory) return 0755;
  return (entry.mode & kAnyExecuteBit) != 0 ? 0755 : 0644;
}

// JarInputStream takes the manifest only from the front, behind the folder's own entry at most, and signature
// files only right behind it.
int rank_in_zip(const Entry& entry) {
  if (!entry.path.starts_with("META-INF")) return 3;
  if (entry.path == "META-INF") return entry.type == EntryType::directory ? 0 : 3;
  if (parent_of(entry.path) != "META-INF") return 3;
  const std::string name = in_upper_case(base_name(entry.path));  // Java takes them in any case of letters
  if (name == "MANIFEST.MF") return 1;
  const bool is_signature = name.ends_with(".SF") || name.ends_with(".RSA") || name.ends_with(".DSA") ||
                            name.ends_with(".EC") || name.starts_with("SIG-");
  return is_signature ? 2 : 3;
}

// Folders that hold something, at any depth. A path is looked up from below until a folder that is known.
template <typename Text>
void note_parents(const std::string& path, std::unordered_set<Text>& parents) {
  for (std::string_view parent = parent_of(path); !parent.empty(); parent = parent_of(parent)) {
    if (!parents.insert(Text(parent)).second) return;
  }
}

Entry entry_after(const Entry& before, const Action& action) {
  Entry after = before;
  if (action.verb == Verb::link) {
    after.type = EntryType::symlink;
    after.mode = 0777;
    after.target = relative_target(before.path, action.link_to);
    after.size = after.target.size();
  } else if (before.type == EntryType::file) {
    after.size = action.size_after;
    if (!action.executable_by.empty()) after.mode |= 0555;
  }
  return after;
}

}  // namespace

std::vector<OutputEntry> output_table(const Package& package, const Plan& plan, ContainerFormat format) {
  using Origin = OutputEntry::Origin;
  std::unordered_set<std::string_view> filled_before;
  for (const Entry& entry : package.entries) note_parents(entry.path, filled_before);

  std::vector<OutputEntry> table;
  std::unordered_set<std::string> needed;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const Entry& entry = package.entries[i];
    if (plan.actions[i].verb == Verb::drop) continue;
    // Folders with content come in below, where some of it is left.
    if (entry.type == EntryType::directory && filled_before.contains(entry.path)) continue;
    table.push_back({Origin::entry, i, entry_after(entry, plan.actions[i])});
    note_parents(entry.path, needed);
  }
  for (std::size_t i = 0; i < plan.additions.size(); ++i) {
    const Addition& addition = plan.additions[i];
    table.push_back({Origin::addition, i,
                     Entry{.path = addition.path, .mode = addition.mode, .size = addition.bytes.size()}});
    note_parents(addition.path, needed);
  }

  // An empty folder may have got content by an addition.
  std::erase_if(table, [&](const OutputEntry& item) { return needed.contains(item.entry.path); });
  const bool is_zip = format == ContainerFormat::zip;
  for (std::size_t i = 0; i < package.entries.size() && (!is_zip || plan.zip_form.folders); ++i) {
    const Entry& entry = package.entries[i];
    if (entry.type == EntryType::directory && needed.erase(entry.path) != 0) {
      table.push_back({Origin::entry, i, entry});
    }
  }
  if (is_zip) {
    for (OutputEntry& item : table) item.entry.mode = mode_in_zip(item.entry);
  } else {
    for (const std::string& path : needed) {
      table.push_back({Origin::parent, 0, Entry{.path = path, .type = EntryType::directory, .mode = 0755}});
    }
  }
  std::sort(table.begin(), table.end(),
            [](const OutputEntry& a, const OutputEntry& b) { return a.entry.path < b.entry.path; });
  return table;
}

bool is_copied(const Package& package, const Plan& plan, ContainerFormat format) {
  return plan.seal && plan.seal->whole && package.format == ContainerFormat::zip &&
         format == ContainerFormat::zip;
}

std::string name_in_zip(const OutputEntry& item) {
  return item.entry.type == EntryType::directory ? item.entry.path + "/" : item.entry.path;
}

void sort_for_zip(std::vector<OutputEntry>& table, const Plan& plan) {
  const auto key = [&](const OutputEntry& item) {
    const bool is_new = item.origin != OutputEntry::Origin::entry;
    const std::uint32_t place = plan.zip_form.order && !is_new ? item.entry.place : 0;
    return std::tuple(rank_in_zip(item.entry), plan.zip_form.order && is_new, place, name_in_zip(item));
  };
  std::sort(table.begin(), table.end(),
            [&](const OutputEntry& a, const OutputEntry& b) { return key(a) < key(b); });
}

std::vector<std::size_t> largest_first(const std::vector<OutputEntry>& table, bool with_links) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const EntryType type = table[i].entry.type;
    if (type == EntryType::file || (with_links && type == EntryType::symlink)) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const std::uint64_t size_a = table[a].entry.size;
    const std::uint64_t size_b = table[b].entry.size;
    return size_a != size_b ? size_a > size_b : a < b;
  });
  return order;
}

Hash128 planned_hash(const Plan& plan, const OutputEntry& entry) {
  if (entry.origin == OutputEntry::Origin::addition) return hash_bytes(plan.additions[entry.index].bytes);
  return plan.actions[entry.index].hash_after;
}

}  // namespace slim
