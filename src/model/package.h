// What the read stage gives: the entries of a package, as its container holds them, and a way to their bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "archive/entry.h"

namespace slim {

struct Package {
  std::string path;  // as the user named it
  ContainerFormat format = ContainerFormat::zip;
  std::uint64_t container_bytes = 0;            // size of the zip or tar; for a folder the sum of its files
  std::vector<Entry> entries;                   // sorted by path, byte-wise; parents need not be listed
  std::shared_ptr<const ContentSource> source;  // indexes are those of `entries`

  Result<Bytes> load(std::size_t index) const { return source->load(index); }
};

// Sum of the entries' sizes: what Lambda counts as unzipped size.
inline std::uint64_t unpacked_bytes(const Package& package) {
  std::uint64_t sum = 0;
  for (const Entry& entry : package.entries) sum += entry.size;
  return sum;
}

}  // namespace slim
