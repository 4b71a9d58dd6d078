// What the read stage gives: the entries of a package, as its container holds them, and a way to their bytes.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/entry.h"

namespace slim {

struct Package {
  std::string path;  // as the user named it
  ContainerFormat format = ContainerFormat::zip;
  std::uint64_t container_bytes = 0;              // size of the zip or tar; for a folder the sum of its files
  std::vector<Entry> entries;                     // sorted by path, byte-wise; parents need not be listed
  std::shared_ptr<const ContentSource> source;    // indexes are those of `entries`
  ZipFrame frame = {};                            // of a zip
  bool is_program = false;                        // the file itself may be executed by someone
  std::vector<std::string> backslash_names = {};  // as the zip has them, where `entries` have slashes
  std::size_t replaced = 0;                       // members of a tar that later ones of the same name replace

  Result<Bytes> load(std::size_t index) const { return source->load(index); }
};

// The entry with exactly this path, if there is one.
std::optional<std::size_t> find_entry(const Package& package, std::string_view path);

// Is there a file, or a symlink, with exactly this path?
bool has_file(const Package& package, std::string_view path);
// By the name of what is read, or by that of what is to be written: a folder may become a jar.
bool is_named_as(const Package& package, std::string_view output,
                 std::initializer_list<std::string_view> suffixes);

// Is there any entry below this folder? `folder` ends in '/' or is empty.
bool has_entries_below(const Package& package, std::string_view folder);

// What the file with exactly this path says; empty where there is no such file.
Result<std::string> load_text(const Package& package, std::string_view path);

std::vector<std::size_t> all_entries(const Package& package);
// The same entries, largest first, so that one big library doesn't finish alone.
std::vector<std::size_t> largest_first(const Package& package, std::vector<std::size_t> entries);

// Sum of the entries' sizes: what Lambda counts as unzipped size.
std::uint64_t unpacked_bytes(const Package& package);

}  // namespace slim
