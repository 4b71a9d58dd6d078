// What a container holds: the words that all readers and writers of containers share.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "util/bytes.h"
#include "util/result.h"

namespace slim {

enum class ContainerFormat : std::uint8_t { zip, folder, tar, tar_gz, tar_xz, tar_zst };
enum class EntryType : std::uint8_t { file, directory, symlink };

struct Entry {
  std::string path;  // relative, '/' between components, no trailing slash, no '.' or '..'; bytes as the
                     // input has them
  EntryType type = EntryType::file;
  std::uint32_t mode = 0644;  // permission bits (07777)
  std::uint32_t uid = 0;      // tar and image layers keep owners; 0 from zips and folders
  std::uint32_t gid = 0;
  std::optional<std::int64_t> mtime = {};  // seconds since 1970 UTC, where the container states it in UTC
  std::optional<std::uint32_t> dos_time =
      {};                   // zip's local time (date << 16 | time), for what only that can prove
  std::string target = {};  // a symlink's, exactly as stored; never followed
  std::uint64_t size = 0;   // unpacked bytes; for a symlink the length of its target; 0 for a directory
  std::uint64_t packed =
      0;  // bytes that it takes in the container, without headers; = size where nothing packs
};

// An entry as its zip holds it.
struct PackedEntry {
  bool deflated = false;   // else stored
  std::uint64_t size = 0;  // unpacked
  std::uint32_t crc = 0;   // of the unpacked bytes, as the zip states it
  Bytes packed;
};

// The bytes of regular files. May be called from any thread.
class ContentSource {
 public:
  virtual ~ContentSource() = default;
  virtual Result<Bytes> load(std::size_t index) const = 0;
  // Without unpacking; nullopt where the container is no zip.
  virtual Result<std::optional<PackedEntry>> load_packed(std::size_t) const {
    return std::optional<PackedEntry>();
  }
};

namespace archive {

struct Contents {
  ContainerFormat format = ContainerFormat::zip;
  std::uint64_t container_bytes = 0;            // of the file; for a folder the sum of its entries
  std::vector<Entry> entries;                   // sorted by path, byte-wise, names checked (entry_names.h)
  std::shared_ptr<const ContentSource> source;  // indexes are those of `entries`
};

}  // namespace archive
}  // namespace slim
