#include "archive/zip_headers.h"

#include <vector>

#include "archive/zip_directory.h"
#include "util/bytes.h"
#include "util/file.h"

namespace slim::archive {
namespace {

constexpr std::uint16_t kMadeBy = (kMadeByUnix << 8) | 20;  // by Unix, for version 2.0

void put16(Bytes& bytes, std::uint64_t at, std::uint16_t value) {
  bytes.at(at) = static_cast<std::uint8_t>(value & 0xff);
  bytes.at(at + 1) = static_cast<std::uint8_t>(value >> 8);
}

}  // namespace

Status settle_headers(int descriptor, std::uint64_t file_size, std::size_t entries) {
  TRY(const ZipDirectory found, read_zip_directory(descriptor, file_size));
  const std::vector<ZipRecord>& records = found.records;
  if (records.size() != entries) return fail("the zip was written with entries missing: report this defect");
  if (records.empty()) return {};
  constexpr std::uint32_t fixed = std::uint32_t{kFixedDate} << 16 | kFixedTime;
  const std::uint64_t begin = records.front().directory_offset;
  TRY(Bytes directory, read_exactly_at(descriptor, begin, file_size - begin));
  for (const ZipRecord& record : records) {
    const std::uint64_t at = record.directory_offset - begin;
    put16(directory, at + 4, kMadeBy);
    put16(directory, at + 12, kFixedTime);
    put16(directory, at + 14, kFixedDate);
    if (record.dos_time == fixed) continue;
    Bytes date(4);
    put16(date, 0, kFixedTime);
    put16(date, 2, kFixedDate);
    CHECK_OK(write_all_at(descriptor, date, record.header_offset + 10));
  }
  return write_all_at(descriptor, directory, begin);
}

}  // namespace slim::archive
