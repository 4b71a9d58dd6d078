// Entries are read at their offsets by whichever thread wants them. Not mapped: a file that shrinks under a
// mapping ends the program by a signal, and mapped pages count as memory.
#include "archive/zip_contents.h"

#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include "archive/entry_names.h"
#include "deflate/deflate.h"
#include "util/format.h"
#include "util/trace.h"

namespace slim::archive {
namespace {

class ZipSource : public ContentSource {
 public:
  ZipSource(Descriptor file, std::vector<ZipRecord> records)
      : file_(std::move(file)), records_(std::move(records)) {}

  void set_places(std::vector<std::size_t> places) { places_ = std::move(places); }

  Result<Bytes> load(std::size_t index) const override { return load_place(places_.at(index)); }

  Result<std::optional<PackedEntry>> load_packed(std::size_t index) const override {
    const ZipRecord& record = records_.at(places_.at(index));
    PackedEntry entry{
        .deflated = record.method == kDeflated, .size = record.size, .crc = record.crc, .packed = {}};
    TRY(entry.packed, packed_bytes(record));
    return std::optional(std::move(entry));
  }

  Result<Bytes> load_raw(std::uint64_t offset, std::uint64_t size) const override {
    return read_exactly_at(file_.get(), offset, size);
  }

  // Errors name the entry.
  Result<Bytes> load_place(std::size_t place) const {
    const ZipRecord& record = records_.at(place);
    try {
      auto bytes = unpack(record);
      if (!bytes) return tl::unexpected<Error>(at(quoted(record.name), std::move(bytes.error())));
      return bytes;
    } catch (const std::bad_alloc&) {
      return fail(format("{} of {} bytes doesn't fit into memory", quoted(record.name), record.size));
    }
  }

 private:
  Result<Bytes> unpack(const ZipRecord& record) const {
    TRY(Bytes packed, packed_bytes(record));
    if (record.method == kDeflated) {
      const trace::Span span("inflate", record.name);
      TRY(packed, deflate::decompress(packed, record.size));
    }
    const std::uint32_t crc = deflate::crc32(packed);
    if (crc != record.crc) {
      return fail(
          format("its CRC is {:08x} and should be {:08x}: the zip is damaged; fetch or build it again", crc,
                 record.crc));
    }
    return packed;
  }

  // The size lies within the file, so that it can be trusted.
  Result<Bytes> packed_bytes(const ZipRecord& record) const {
    return read_exactly_at(file_.get(), record.data_offset, record.packed);
  }

  Descriptor file_;
  std::vector<ZipRecord> records_;
  std::vector<std::size_t> places_;
};

Result<Entry> entry_from(const ZipRecord& record, const std::string& name) {
  Entry entry;
  TRY(entry.path, path_from_name(name));
  entry.deflated = record.method == kDeflated;
  entry.mtime = record.mtime;
  entry.dos_time = record.dos_time;
  entry.size = record.size;
  entry.packed = record.packed;
  const bool folder_name = name.back() == '/' || entry.path.empty();
  const std::uint16_t system = record.made_by >> 8;
  const std::uint32_t mode =
      system == kMadeByUnix || system == kMadeByMac ? record.attributes >> 16 : std::uint32_t{0};
  if (folder_name || S_ISDIR(mode) ||
      ((record.attributes & kDosFolder) != 0 && record.size == 0 && mode == 0)) {
    if (record.size != 0) return fail(quoted(record.name) + " is a folder with content: build the zip again");
    entry.type = EntryType::directory;
    entry.packed = 0;
    entry.mode = mode == 0 ? 0755 : mode & 07777;
  } else if (S_ISLNK(mode)) {
    entry.type = EntryType::symlink;
    entry.mode = 0777;
  } else if ((mode & S_IFMT) == 0 || S_ISREG(mode)) {
    entry.mode = mode == 0 ? 0644 : mode & 07777;
  } else {
    return fail(quoted(record.name) + " is a device, pipe or socket: build the package without it");
  }
  return entry;
}

constexpr std::uint64_t kLongestTarget = 4095;

Status load_targets(std::vector<Entry>& entries, const std::vector<std::size_t>& kept,
                    const ZipSource& source) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry& entry = entries[i];
    if (entry.type != EntryType::symlink) continue;
    if (entry.size > kLongestTarget) return check_symlink_target(entry.path, std::string(entry.size, 'x'));
    TRY(const Bytes target, source.load_place(kept[i]));
    entry.target = as_text(target);
    CHECK_OK(check_symlink_target(entry.path, entry.target));
  }
  return {};
}

}  // namespace

Result<Contents> zip_contents(Descriptor file, ZipDirectory directory, bool takes_backslashes) {
  Contents contents;
  contents.format = ContainerFormat::zip;
  contents.frame = std::move(directory.frame);
  std::vector<ZipRecord> records = std::move(directory.records);

  std::vector<std::size_t> kept;  // entries[i] is of records[kept[i]]; "./" is no entry
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::string name = records[i].best_name();
    if (takes_backslashes && has_backslash(name)) {
      contents.backslash_names.push_back(name);
      std::ranges::replace(name, '\\', '/');
    }
    TRY(Entry entry, entry_from(records[i], name));
    if (entry.path.empty()) continue;
    entry.place = static_cast<std::uint32_t>(i);
    contents.entries.push_back(std::move(entry));
    kept.push_back(i);
  }
  auto source = std::make_shared<ZipSource>(std::move(file), std::move(records));
  CHECK_OK(load_targets(contents.entries, kept, *source));
  TRY(std::vector<std::size_t> places, sort_and_check(contents.entries));
  for (std::size_t& place : places) place = kept[place];
  source->set_places(std::move(places));
  contents.source = std::move(source);
  return contents;
}

}  // namespace slim::archive
