// The zip format, as far as it is needed here (PKWARE APPNOTE 6.3.10; section numbers in brackets):
//
//   local header 1 | packed bytes 1 | [data descriptor 1]      4.3.7 – 4.3.9
//   …
//   central directory: one record for each entry               4.3.12
//   [zip64 end record | zip64 end locator]                     4.3.14, 4.3.15
//   end record | comment                                       4.3.16
//
// The end record is found from the back, as its comment has a variable length. All numbers are little-endian.
// A field of all ones says that the value stands in the zip64 extra field (4.5.3).
//
// A reader that goes through the local headers and one that trusts the directory must see the same package:
// hostile zips make use of every difference between the two. So: the archive begins with the file and ends
// with it, every local header says the same name and method as its record, and no two entries share a byte
// (so that "better zip bombs", which consist of overlapping entries, are refused as well).
//
// A program may stand before the archive: the "#!" line of a zipapp, the launch script of an executable jar,
// a self-extracting ELF file. Offsets then count from the file's start (zipapp, zip -A) or from the archive's
// (cat script zip, Spring Boot); the directory's own place tells which, as it does to Python, Java and unzip.
#include "archive/zip_directory.h"

#include <algorithm>
#include <numeric>

#include "archive/entry_names.h"
#include "deflate/deflate.h"
#include "util/file.h"
#include "util/format.h"
#include "util/utf8.h"

namespace slim::archive {
namespace {

constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kRecordSignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint32_t kEnd64Signature = 0x06064b50;
constexpr std::uint32_t kLocator64Signature = 0x07064b50;
constexpr std::uint64_t kLocalSize = 30;
constexpr std::uint64_t kRecordSize = 46;
constexpr std::uint64_t kEndSize = 22;
constexpr std::uint64_t kEnd64Size = 56;
constexpr std::uint64_t kLocator64Size = 20;
constexpr std::uint64_t kLongestComment = 65535;
constexpr std::uint32_t kAllOnes32 = 0xffffffff;
constexpr std::uint16_t kAllOnes16 = 0xffff;
constexpr std::uint16_t kZip64Extra = 0x0001;
constexpr std::uint16_t kUnixTimeExtra = 0x5455;
constexpr std::uint16_t kUnicodePathExtra = 0x7075;
// java.util.jar.JarOutputStream and sun.tools.jar write it; jexec looks for it.
constexpr std::uint16_t kJarExtra = 0xcafe;
// source.android.com, "APK Signature Scheme v2"
constexpr std::string_view kSigningBlock = "APK Sig Block 42";
constexpr std::uint16_t kEncryptionFlags = 0x0001 | 0x0040 | 0x2000;
// A bound for memory, far above any package: a million entries take less than a third of it.
constexpr std::uint64_t kLargestDirectory = std::uint64_t{256} << 20;

// The name may be of any length here, as it has not been looked at yet.
std::string quoted(const ZipRecord& record) { return archive::quoted(record.name.substr(0, 200)); }

tl::unexpected<Error> damaged(std::string_view what, std::uint64_t offset) {
  return fail(format("{} at offset {}: the zip is damaged; fetch or build it again", what, offset));
}

// Where the central directory lies.
struct End {
  std::uint64_t entries = 0;
  std::uint64_t offset = 0;  // in the file
  std::uint64_t size = 0;
  std::uint64_t base = 0;  // what its own offsets count from
  std::string comment;
};

// Position of the end record in `tail`, the last bytes of the file. Its comment must end with the file.
Result<std::uint64_t> find_end_record(ByteView tail, std::uint64_t file_size) {
  const ByteReader reader(tail);
  std::optional<std::uint64_t> found;
  std::optional<std::uint64_t> cut_off;
  for (std::uint64_t at = tail.size() - kEndSize + 1; at-- > 0;) {
    if (reader.read<std::uint32_t>(at).value_or(0) != kEndSignature) continue;
    const std::uint64_t end = at + kEndSize + reader.read<std::uint16_t>(at + 20).value_or(0);
    if (end == tail.size()) {
      if (found)
        return fail("two end records fit at the end of the file: make the zip again, without a comment");
      found = at;
    } else if (!cut_off) {
      cut_off = end;
    }
  }
  if (found) return *found;
  if (!cut_off) return fail("this is no zip, or its end is missing: fetch or build it again");
  if (*cut_off > tail.size()) return damaged("the comment is cut short", file_size);
  return fail(
      format("{} bytes follow the end of the zip: cut them off or build it again", tail.size() - *cut_off));
}

tl::unexpected<Error> several_volumes() {
  return fail("the zip is one volume of several: join them (zip -s 0 IN --out WHOLE) and give the whole");
}

Status read_zip64_end(int descriptor, std::uint64_t locator_offset, End& end, std::uint64_t& directory_end) {
  TRY(const Bytes locator_bytes, read_exactly_at(descriptor, locator_offset, kLocator64Size));
  const ByteReader locator(locator_bytes);
  if (locator.read<std::uint32_t>(0).value_or(0) != kLocator64Signature) {
    return damaged("the zip64 locator is missing", locator_offset);
  }
  std::uint64_t at = locator.read<std::uint64_t>(8).value_or(0);
  if (locator.read<std::uint32_t>(4).value_or(0) != 0 || locator.read<std::uint32_t>(16).value_or(0) > 1)
    return several_volumes();
  if (at > locator_offset || locator_offset - at < kEnd64Size) {
    return damaged("the zip64 locator leads outside of the file", locator_offset);
  }
  TRY(Bytes end_bytes, read_exactly_at(descriptor, at, kEnd64Size));
  if (ByteReader(end_bytes).read<std::uint32_t>(0) != kEnd64Signature) {
    // Where a program stands before a zip whose offsets don't count it.
    at = locator_offset - kEnd64Size;
    TRY(end_bytes, read_exactly_at(descriptor, at, kEnd64Size));
  }
  const ByteReader reader(end_bytes);
  if (reader.read<std::uint32_t>(0).value_or(0) != kEnd64Signature)
    return damaged("the zip64 end record is missing", at);
  if (reader.read<std::uint32_t>(16).value_or(0) != 0 || reader.read<std::uint32_t>(20).value_or(0) != 0)
    return several_volumes();
  end.entries = reader.read<std::uint64_t>(32).value_or(0);
  end.size = reader.read<std::uint64_t>(40).value_or(0);
  end.offset = reader.read<std::uint64_t>(48).value_or(0);
  directory_end = at;
  return {};
}

Result<End> read_end(int descriptor, std::uint64_t file_size) {
  if (file_size < kEndSize) return fail("this is no zip: it is shorter than any zip can be");
  const std::uint64_t tail_size = std::min(file_size, kEndSize + kLongestComment);
  TRY(const Bytes tail, read_exactly_at(descriptor, file_size - tail_size, tail_size));
  TRY(const std::uint64_t at, find_end_record(tail, file_size));
  const ByteReader reader(ByteView(tail).subspan(at));
  const std::uint64_t end_offset = file_size - tail_size + at;
  const auto disk = reader.read<std::uint16_t>(4).value_or(0);
  const auto directory_disk = reader.read<std::uint16_t>(6).value_or(0);
  const auto entries_here = reader.read<std::uint16_t>(8).value_or(0);
  End end{.entries = reader.read<std::uint16_t>(10).value_or(0),
          .offset = reader.read<std::uint32_t>(16).value_or(0),
          .size = reader.read<std::uint32_t>(12).value_or(0),
          .comment = std::string(as_text(ByteView(tail).subspan(at + kEndSize)))};
  std::uint64_t directory_end = end_offset;
  const bool zip64 = end.entries == kAllOnes16 || end.offset == kAllOnes32 || end.size == kAllOnes32;
  bool has_locator = false;
  if (zip64 && end_offset >= kLocator64Size) {
    TRY(const Bytes locator, read_exactly_at(descriptor, end_offset - kLocator64Size, 4));
    has_locator = ByteReader(locator).read<std::uint32_t>(0) == kLocator64Signature;
  }
  if (has_locator) {
    CHECK_OK(read_zip64_end(descriptor, end_offset - kLocator64Size, end, directory_end));
  } else if (disk != 0 || directory_disk != 0 || entries_here != end.entries) {
    return several_volumes();
  }
  if (end.offset > directory_end || end.size > directory_end - end.offset) {
    return damaged("the central directory is said to lie outside of the file", end_offset);
  }
  end.base = directory_end - end.offset - end.size;
  end.offset += end.base;
  return end;
}

struct Extras {
  bool jar_marker = false;
  std::optional<ByteView> zip64;
  std::optional<ByteView> unicode_path;
  std::optional<std::int64_t> mtime;
};

// Extra fields: id, length, data (4.5.1). What follows a broken one is not looked at.
Extras read_extras(ByteView bytes) {
  Extras extras;
  const ByteReader reader(bytes);
  for (std::uint64_t at = 0; reader.covers(at, 4);) {
    const auto id = reader.read<std::uint16_t>(at).value_or(0);
    const auto length = reader.read<std::uint16_t>(at + 2).value_or(0);
    const auto data = reader.slice(at + 4, length);
    if (!data) break;
    if (id == kZip64Extra && !extras.zip64) extras.zip64 = data;
    if (id == kUnicodePathExtra && !extras.unicode_path) extras.unicode_path = data;
    if (id == kJarExtra) extras.jar_marker = true;
    // Info-ZIP's "UT": a byte of flags, of which bit 0 promises a modification time, then the time.
    if (id == kUnixTimeExtra && length >= 5 && ((*data)[0] & 1) != 0) {
      extras.mtime = ByteReader(*data).read<std::int32_t>(1);
    }
    at += 4 + std::uint64_t{length};
  }
  return extras;
}

// Sizes and the offset that don't fit into 32 bits stand in the zip64 field, in this order, and only those
// whose field in the record is all ones.
Status resolve_zip64(ZipRecord& record, const Extras& extras, std::uint16_t disk) {
  std::uint64_t at = 0;
  for (std::uint64_t* value : {&record.size, &record.packed, &record.header_offset}) {
    if (*value != kAllOnes32) continue;
    const auto wide = extras.zip64 ? ByteReader(*extras.zip64).read<std::uint64_t>(at) : std::nullopt;
    if (!wide) return damaged(quoted(record) + " lacks its zip64 sizes", record.directory_offset);
    *value = *wide;
    at += 8;
  }
  if (disk == kAllOnes16) {
    const auto wide = extras.zip64 ? ByteReader(*extras.zip64).read<std::uint32_t>(at) : std::nullopt;
    if (wide && *wide == 0) disk = 0;
  }
  if (disk != 0) return several_volumes();
  return {};
}

// Info-ZIP's Unicode Path (4.6.9): version 1, the CRC of the name in the header, the name in UTF-8. It is
// stale where that CRC differs. Packers on Windows write it, with a name in their own code page in the header.
Status resolve_name(ZipRecord& record, const Extras& extras) {
  if (!extras.unicode_path || extras.unicode_path->size() < 6) return {};
  const ByteReader reader(*extras.unicode_path);
  if (reader.read<std::uint8_t>(0) != 1 ||
      reader.read<std::uint32_t>(1) != deflate::crc32(as_bytes(record.name)))
    return {};
  const std::string_view name = as_text(extras.unicode_path->subspan(5));
  if (name == record.name || !is_utf8(name)) return {};
  if (is_utf8(record.name))
    return fail(format("{} is also called '{}', by its extra field: build the zip again", quoted(record),
                       printable(std::string(name.substr(0, 200)))));
  record.utf8_name = name;
  return {};
}

// One record at `at`; moves `at` behind it. An offset that leads out of the file is found out with the
// header.
Result<ZipRecord> read_record(const ByteReader& reader, std::uint64_t& at, const End& end) {
  const std::uint64_t base = end.offset;
  if (!reader.covers(at, kRecordSize) || reader.read<std::uint32_t>(at).value_or(0) != kRecordSignature) {
    return damaged("a record of the central directory is missing", base + at);
  }
  const auto name_length = reader.read<std::uint16_t>(at + 28).value_or(0);
  const auto extra_length = reader.read<std::uint16_t>(at + 30).value_or(0);
  const auto comment_length = reader.read<std::uint16_t>(at + 32).value_or(0);
  const auto name = reader.slice(at + kRecordSize, name_length);
  const auto extra = reader.slice(at + kRecordSize + name_length, extra_length);
  const std::uint64_t length = kRecordSize + name_length + extra_length + comment_length;
  if (!name || !extra || !reader.covers(at, length)) {
    return damaged("the central directory is cut short", base + at);
  }
  const Extras extras = read_extras(*extra);
  ZipRecord record;
  record.name = as_text(*name);
  record.made_by = reader.read<std::uint16_t>(at + 4).value_or(0);
  record.flags = reader.read<std::uint16_t>(at + 8).value_or(0);
  record.method = reader.read<std::uint16_t>(at + 10).value_or(0);
  record.dos_time =
      reader.read<std::uint32_t>(at + 12).value_or(0);  // time, then date: little-endian gives date << 16
  record.crc = reader.read<std::uint32_t>(at + 16).value_or(0);
  record.packed = reader.read<std::uint32_t>(at + 20).value_or(0);
  record.size = reader.read<std::uint32_t>(at + 24).value_or(0);
  record.attributes = reader.read<std::uint32_t>(at + 38).value_or(0);
  record.header_offset = reader.read<std::uint32_t>(at + 42).value_or(0);
  record.mtime = extras.mtime;
  record.jar_marker = extras.jar_marker;
  record.directory_offset = base + at;
  CHECK_OK(resolve_zip64(record, extras, reader.read<std::uint16_t>(at + 34).value_or(0)));
  CHECK_OK(resolve_name(record, extras));
  if (record.header_offset <= end.offset) record.header_offset += end.base;
  at += length;
  return record;
}

Status check_content_fields(const ZipRecord& record) {
  if ((record.flags & kEncryptionFlags) != 0) {
    return fail(quoted(record) + " is encrypted: build the zip without a password");
  }
  if (record.method != kStored && record.method != kDeflated) {
    return fail(
        format("{} is packed by method {}: only stored (0) and deflated (8) entries can be read, here "
               "as on Lambda; build the zip with one of these",
               quoted(record), record.method));
  }
  if (record.method == kStored && record.size != record.packed) {
    return damaged(quoted(record) + " is stored, but its two sizes differ", record.directory_offset);
  }
  if (record.size > deflate::max_inflated_size(record.packed)) {
    return fail(
        format("{} is said to unpack from {} to {} bytes, more than deflate can give: the zip is damaged "
               "or made to exhaust memory",
               quoted(record), record.packed, record.size));
  }
  return {};
}

// Finds where the packed bytes begin, and holds the local header against the record.
Status read_local_header(int descriptor, std::uint64_t directory_offset, ZipRecord& record) {
  const std::uint64_t need = kLocalSize + record.name.size();
  if (record.header_offset > directory_offset || need > directory_offset - record.header_offset) {
    return damaged(quoted(record) + " is said to lie outside of the file", record.directory_offset);
  }
  TRY(const Bytes bytes, read_exactly_at(descriptor, record.header_offset, need));
  const ByteReader reader(bytes);
  if (reader.read<std::uint32_t>(0).value_or(0) != kLocalSignature) {
    return damaged(quoted(record) + " has no local header", record.header_offset);
  }
  const auto name_length = reader.read<std::uint16_t>(26).value_or(0);
  if (name_length != record.name.size() ||
      as_text(reader.slice(kLocalSize, name_length).value_or(ByteView())) != record.name) {
    return damaged(quoted(record) + " has another name in its local header", record.header_offset);
  }
  if (reader.read<std::uint16_t>(8).value_or(0) != record.method ||
      (reader.read<std::uint16_t>(6).value_or(0) & kEncryptionFlags) != 0) {
    return damaged(quoted(record) + " has another method in its local header", record.header_offset);
  }
  record.data_offset = record.header_offset + need + reader.read<std::uint16_t>(28).value_or(0);
  if (record.data_offset > directory_offset || record.packed > directory_offset - record.data_offset) {
    return damaged(quoted(record) + " reaches beyond the archive", record.header_offset);
  }
  return {};
}

// "#!", ELF, or Windows' own programs: what an operating system starts.
Result<bool> starts_as_program(int descriptor, std::uint64_t size) {
  using namespace std::string_view_literals;
  TRY(const Bytes start, read_exactly_at(descriptor, 0, std::min<std::uint64_t>(size, 4)));
  const std::string_view text = as_text(start);
  return text.starts_with("#!") || text == "\x7f\x45LF"sv || text.starts_with("MZ");
}

// Gives where the first entry begins.
Result<std::uint64_t> check_layout(int descriptor, const std::vector<ZipRecord>& records, const End& end) {
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return records[a].header_offset < records[b].header_offset;
  });
  const std::uint64_t begin = order.empty() ? end.offset : records[order.front()].header_offset;
  if (end.base != 0 && begin != end.base) {
    return fail(format("{} bytes stand where the zip doesn't account for them: build it again",
                       std::max(begin, end.base)));
  }
  TRY(const bool is_program, starts_as_program(descriptor, begin));
  if (begin != 0 && !is_program) {
    return fail(
        format("{} bytes that are no program stand before the first entry: cut them off, or build the "
               "zip again",
               begin));
  }
  for (std::size_t i = 1; i < order.size(); ++i) {
    const ZipRecord& before = records[order[i - 1]];
    const ZipRecord& record = records[order[i]];
    if (record.header_offset < before.data_offset + before.packed) {
      return fail(format("{} overlaps {} at offset {}: the zip is damaged or made to exhaust memory",
                         quoted(record), quoted(before), record.header_offset));
    }
  }
  return begin;
}

// Right before the directory, where no entry is.
Result<bool> has_signing_block(int descriptor, std::uint64_t directory_offset) {
  if (directory_offset < kSigningBlock.size()) return false;
  TRY(const Bytes before,
      read_exactly_at(descriptor, directory_offset - kSigningBlock.size(), kSigningBlock.size()));
  return as_text(before) == kSigningBlock;
}

}  // namespace

Result<ZipDirectory> read_zip_directory(int descriptor, std::uint64_t file_size) {
  TRY(End end, read_end(descriptor, file_size));
  if (end.size > kLargestDirectory || end.entries > end.size / kRecordSize) {
    return damaged("the central directory has an impossible size", end.offset);
  }
  TRY(const Bytes directory, read_exactly_at(descriptor, end.offset, end.size));
  const ByteReader reader(directory);
  ZipDirectory found;
  std::vector<ZipRecord>& records = found.records;
  records.reserve(end.entries);
  std::uint64_t at = 0;
  while (records.size() < end.entries) {
    TRY(ZipRecord record, read_record(reader, at, end));
    CHECK_OK(check_content_fields(record));
    CHECK_OK(read_local_header(descriptor, end.offset, record));
    records.push_back(std::move(record));
  }
  if (at != end.size) return damaged("the central directory holds more than its entries", end.offset + at);
  TRY(found.frame.prefix, check_layout(descriptor, records, end));
  TRY(found.frame.signing_block, has_signing_block(descriptor, end.offset));
  found.frame.jar_marker = !records.empty() && records.front().jar_marker;
  found.frame.comment = std::move(end.comment);
  found.base = end.base;
  return found;
}

}  // namespace slim::archive
