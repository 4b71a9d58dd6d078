// The central directory of a zip, read byte by byte: what libzip keeps to itself, and what it is lenient
// about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "archive/entry.h"
#include "util/bytes.h"
#include "util/result.h"

namespace slim::archive {

struct ZipRecord {
  std::string name;       // raw bytes
  std::string utf8_name;  // where an extra field has another, for a name that is in some code page
  std::uint16_t made_by = 0;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t dos_time = 0;  // date << 16 | time
  std::uint32_t crc = 0;
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::uint32_t attributes = 0;        // external
  std::optional<std::int64_t> mtime;   // from the "UT" extra field
  std::uint64_t header_offset = 0;     // of the local header
  std::uint64_t data_offset = 0;       // of the packed bytes
  std::uint64_t directory_offset = 0;  // of its record in the central directory
  bool jar_marker = false;             // has the extra field 0xCAFE

  const std::string& best_name() const { return utf8_name.empty() ? name : utf8_name; }
};

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;

// The system in the high byte of `made_by`, and the bit of a folder in what DOS keeps of `attributes`.
constexpr std::uint16_t kMadeByUnix = 3;
constexpr std::uint16_t kMadeByMac = 19;
constexpr std::uint32_t kDosFolder = 0x10;

struct ZipDirectory {
  std::vector<ZipRecord> records;  // with offsets from the file's start
  std::uint64_t base = 0;          // where the file's own offsets count from: 0, or the prefix's end
  ZipFrame frame;
};

// Reads and checks the directory and every local header of the zip behind `descriptor`. Errors, each naming
// the entry where there is one: not a zip, cut short, bytes before the archive that are no program, bytes
// after it, several volumes, encryption, other methods than stored and deflated, local headers that
// contradict the directory, entries that overlap, sizes that deflate can't give.
Result<ZipDirectory> read_zip_directory(int descriptor, std::uint64_t file_size);

}  // namespace slim::archive
