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

struct Attribute {
  std::string name;
  std::string value;
  bool operator==(const Attribute&) const = default;
};

struct Entry {
  // Relative, '/' between components, no trailing slash, no '.' or '..'; bytes as the input has them.
  std::string path;
  EntryType type = EntryType::file;
  std::uint32_t mode = 0644;  // permission bits (07777)
  std::uint32_t uid = 0;      // tar and image layers keep owners; 0 from zips and folders
  std::uint32_t gid = 0;
  std::optional<std::int64_t> mtime = {};  // seconds since 1970 UTC, where the container states it in UTC
  // A zip's local time (dos_time.h): bytecode that states a date is checked by it.
  std::optional<std::uint32_t> dos_time = {};
  std::string target = {};  // a symlink's, exactly as stored; never followed
  std::uint64_t size = 0;   // unpacked bytes; for a symlink the length of its target; 0 for a directory
  // Bytes that it takes in the container, without headers; = size where nothing packs.
  std::uint64_t packed = 0;
  bool deflated = false;        // in its zip; else stored
  std::uint32_t place = 0;      // in its zip's directory, from 0
  std::uint32_t hard_link = 0;  // in a tar: entries with one number, other than 0, are names of one file
  std::vector<Attribute> xattrs = {};  // extended attributes, in a tar: a program's capabilities are one
};

// What a zip has beside its entries. Whether it means anything is for the kind of package to say.
struct ZipFrame {
  std::uint64_t prefix = 0;  // bytes of the program before the zip: a "#!" line, a launch script, an ELF file
  std::string comment = {};
  bool jar_marker = false;     // the extra field 0xCAFE of the first entry, by which jexec knows a jar
  bool signing_block = false;  // of an APK, between the entries and the directory
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
  // Bytes of the container itself, where it is a zip.
  virtual Result<Bytes> load_raw(std::uint64_t, std::uint64_t) const { return fail("this is no zip"); }
};

namespace archive {

struct Contents {
  ContainerFormat format = ContainerFormat::zip;
  std::uint64_t container_bytes = 0;            // of the file; for a folder the sum of its entries
  ZipFrame frame;                               // of a zip
  bool is_program = false;                      // the file itself may be executed by someone
  std::vector<std::string> backslash_names;     // as the zip has them; only where they are tolerated
  std::size_t replaced = 0;                     // members of a tar that later ones of the same name replace
  std::vector<Entry> entries;                   // sorted by path, byte-wise, names checked (entry_names.h)
  std::shared_ptr<const ContentSource> source;  // indexes are those of `entries`
};

}  // namespace archive
}  // namespace slim
