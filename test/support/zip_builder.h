// Builds zips byte by byte, honest ones and others: each field of an entry can be made to lie.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "deflate/deflate.h"
#include "util/bytes.h"

namespace slim::test {

struct ZipEntry {
  std::string name;
  std::string content;  // as it lies in the file
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  std::uint16_t made_by = 3 << 8 | 20;
  std::uint32_t mode = 0100644;
  std::uint32_t dos_time = 0x58A638E5;  // date << 16 | time
  std::string extra = {};
  std::optional<std::uint32_t> crc = {};   // of the content, unless said
  std::optional<std::uint32_t> size = {};  // of the content, unless said
  std::optional<std::string> local_name = {};
  std::optional<std::uint16_t> local_method = {};
  std::optional<std::uint32_t> offset = {};  // of the local header; with it none is written
};

class ZipBuilder {
 public:
  std::string prefix;  // before all
  std::string suffix;  // behind all
  std::string comment;
  std::uint16_t disk = 0;
  std::optional<std::uint16_t> count;
  std::optional<std::uint32_t> directory_offset;
  std::optional<std::uint32_t> directory_size;

  ZipBuilder& add(ZipEntry entry) {
    entries_.push_back(std::move(entry));
    return *this;
  }
  ZipBuilder& file(std::string name, std::string content = "x") {
    return add({.name = std::move(name), .content = std::move(content)});
  }

  std::string build() const {
    std::string out = prefix;
    std::string directory;
    for (const ZipEntry& entry : entries_) {
      const std::uint32_t crc = entry.crc.value_or(deflate::crc32(as_bytes(entry.content)));
      const auto packed = static_cast<std::uint32_t>(entry.content.size());
      const std::uint32_t size = entry.size.value_or(packed);
      const std::uint32_t offset = entry.offset.value_or(static_cast<std::uint32_t>(out.size()));
      if (!entry.offset) {
        const std::string local_name = entry.local_name.value_or(entry.name);
        out += "PK\x03\x04" + le16(20) + le16(entry.flags) + le16(entry.local_method.value_or(entry.method)) +
               le32(entry.dos_time) + le32(crc) + le32(packed) + le32(size) + le16(local_name.size()) +
               le16(0) + local_name + entry.content;
      }
      directory += "PK\x01\x02" + le16(entry.made_by) + le16(20) + le16(entry.flags) + le16(entry.method) +
                   le32(entry.dos_time) + le32(crc) + le32(packed) + le32(size) + le16(entry.name.size()) +
                   le16(entry.extra.size()) + le16(0) + le16(0) + le16(0) + le32(entry.mode << 16) +
                   le32(offset) + entry.name + entry.extra;
    }
    const std::size_t n = count.value_or(static_cast<std::uint16_t>(entries_.size()));
    const std::size_t begin = directory_offset.value_or(static_cast<std::uint32_t>(out.size()));
    out += directory;
    out += "PK\x05\x06" + le16(disk) + le16(disk) + le16(n) + le16(n) +
           le32(directory_size.value_or(static_cast<std::uint32_t>(directory.size()))) + le32(begin) +
           le16(comment.size()) + comment + suffix;
    return out;
  }

  static std::string le16(std::size_t value) {
    return {static_cast<char>(value & 0xff), static_cast<char>(value >> 8 & 0xff)};
  }
  static std::string le32(std::size_t value) { return le16(value & 0xffff) + le16(value >> 16 & 0xffff); }

 private:
  std::vector<ZipEntry> entries_;
};

// A folder of one test, gone with it.
class Workdir {
 public:
  Workdir() {
    std::string name = (std::filesystem::temp_directory_path() / "slim-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Workdir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Workdir(const Workdir&) = delete;
  Workdir& operator=(const Workdir&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return *this / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace slim::test
