// The members of a tar as they are once it is unpacked: of several with one name the last one counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "archive/entry.h"
#include "util/result.h"

namespace slim::archive {

// Where a member's bytes lie in the scratch file.
struct Spooled {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

class TarMembers {
 public:
  // To be called in the order of the tar. Errors: what lies below a link or a file, and a folder with content
  // that something else replaces (unpackers disagree about both).
  Status add(Entry entry, const Spooled& where);

  // Makes `entry`, which is yet to be added, another name of an earlier member, and tells where the bytes of
  // that one lie. Error: no earlier member has that path.
  Result<Spooled> link(const std::string& original, Entry& entry);

  // How many members a later one of the same name has replaced.
  std::size_t replaced() const { return replaced_; }

  // Moves the members to `entries`, sorted and checked (entry_names.h); gives the place of each one's bytes.
  Result<std::vector<Spooled>> give_sorted(std::vector<Entry>& entries);

 private:
  Status check_parents(const std::string& path) const;

  std::vector<Entry> entries_;
  std::vector<Spooled> places_;  // of the same indexes
  std::unordered_map<std::string, std::size_t> by_path_;
  std::unordered_set<std::string> filled_;  // folders that something was put into
  std::uint32_t hard_links_ = 0;
  std::size_t replaced_ = 0;
};

}  // namespace slim::archive
