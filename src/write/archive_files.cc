// Zip and tar outputs. Both are written from front to back while other threads make what comes next.
#include <algorithm>
#include <optional>

#include "archive/tar.h"
#include "archive/zip.h"
#include "deflate/deflate.h"
#include "parallel/ahead.h"
#include "parallel/parallel.h"
#include "write/outputs.h"

namespace slim {
namespace {

// Bytes of contents that may be in memory at a time, made and not yet written. Enough that a package which
// Lambda accepts is never held up by it.
constexpr std::uint64_t kInFlight = std::uint64_t{256} << 20;

constexpr std::uint32_t kFileType = 0100000;
constexpr std::uint32_t kFolderType = 0040000;
constexpr std::uint32_t kLinkType = 0120000;

class PendingFile : public PendingOutput {
 public:
  explicit PendingFile(AtomicFile file) : file_(std::move(file)) {}
  const std::string& temporary_path() const override { return file_.temporary_path(); }
  Status commit() override { return file_.commit(); }
  int descriptor() const { return file_.descriptor(); }

 private:
  AtomicFile file_;
};

// What an item takes in memory while it is made: the bytes before, after, and packed.
std::uint64_t cost_of(const Package& package, const OutputEntry& item) {
  const std::uint64_t before =
      item.origin == OutputEntry::Origin::entry ? package.entries[item.index].size : 0;
  return before + 2 * item.entry.size;
}

std::vector<std::uint64_t> costs_of(const Package& package, const std::vector<OutputEntry>& table) {
  std::vector<std::uint64_t> costs;
  costs.reserve(table.size());
  for (const OutputEntry& item : table) costs.push_back(cost_of(package, item));
  return costs;
}

unsigned threads_of(const Options& options) {
  return options.threads == 0 ? default_threads() : options.threads;
}

std::string zip_name(const OutputEntry& item) {
  return item.entry.type == EntryType::directory ? item.entry.path + "/" : item.entry.path;
}

archive::ZipItem zip_item(const OutputEntry& item) {
  const std::uint32_t type = item.entry.type == EntryType::file      ? kFileType
                             : item.entry.type == EntryType::symlink ? kLinkType
                                                                     : kFolderType;
  return {.name = zip_name(item), .unix_mode = type | item.entry.mode};
}

// Byte-wise by name; but Java's JarInputStream looks for the manifest at the front only.
void sort_for_zip(std::vector<OutputEntry>& table) {
  const auto key = [](const OutputEntry& item) {
    return std::pair(item.entry.path != "META-INF/MANIFEST.MF", zip_name(item));
  };
  std::sort(table.begin(), table.end(),
            [&](const OutputEntry& a, const OutputEntry& b) { return key(a) < key(b); });
}

// Stored or deflated, whichever is smaller; stored where they are equal.
Result<archive::ZipData> packed(const Plan& plan, const OutputEntry& item, const OutputBytes& output_bytes,
                                int level) {
  Bytes bytes;
  if (item.entry.type == EntryType::symlink) {
    bytes.assign(item.entry.target.begin(), item.entry.target.end());
  } else if (item.entry.type == EntryType::file) {
    TRY(bytes, bytes_of(plan, item, output_bytes));
  }
  archive::ZipData data{.deflated = false, .size = bytes.size(), .crc = deflate::crc32(bytes), .packed = {}};
  if (auto smaller = deflate::compress(bytes, level)) {
    data.deflated = true;
    data.packed = std::move(*smaller);
  } else {
    data.packed = std::move(bytes);
  }
  return data;
}

}  // namespace

Result<WriteResult> write_zip_file(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes) {
  std::vector<OutputEntry> table = output_table(package, plan, ContainerFormat::zip);
  sort_for_zip(table);
  std::vector<archive::ZipItem> items;
  items.reserve(table.size());
  for (const OutputEntry& item : table) items.push_back(zip_item(item));

  TRY(AtomicFile file, AtomicFile::create(options.output));
  auto pending = std::make_unique<PendingFile>(std::move(file));
  Written written = nothing_written(package, plan, options);

  std::vector<std::optional<Result<archive::ZipData>>> made(table.size());
  Ahead ahead(costs_of(package, table), kInFlight, threads_of(options), [&](std::size_t i) -> std::uint64_t {
    made[i] = packed(plan, table[i], output_bytes, options.level);
    return *made[i] ? (*made[i])->packed.capacity() : 0;
  });
  const auto take = [&](std::size_t i) -> Result<archive::ZipData> {
    ahead.wait_for(i);
    Result<archive::ZipData> data = std::move(*made[i]);
    made[i].reset();
    if (data) note_packed(written, table[i], data->packed.size());
    return data;
  };
  TRY(written.container_bytes,
      archive::write_zip(pending->descriptor(), items, take, [&](std::size_t i) { ahead.release(i); }));
  return WriteResult{.pending = std::move(pending), .written = std::move(written)};
}

Result<WriteResult> write_tar_file(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes) {
  const std::vector<OutputEntry> table = output_table(package, plan, options.output_format);
  std::vector<Entry> entries;
  entries.reserve(table.size());
  for (const OutputEntry& item : table) entries.push_back(item.entry);

  TRY(AtomicFile file, AtomicFile::create(options.output));
  auto pending = std::make_unique<PendingFile>(std::move(file));
  Written written = nothing_written(package, plan, options);

  std::vector<std::optional<Result<Bytes>>> made(table.size());
  Ahead ahead(costs_of(package, table), kInFlight, threads_of(options), [&](std::size_t i) -> std::uint64_t {
    if (table[i].entry.type != EntryType::file) return 0;
    made[i] = bytes_of(plan, table[i], output_bytes);
    return *made[i] ? (*made[i])->capacity() : 0;
  });
  const auto take = [&](std::size_t i) -> Result<Bytes> {
    ahead.wait_for(i);
    Result<Bytes> bytes = std::move(*made[i]);
    made[i].reset();
    return bytes;
  };
  for (const OutputEntry& item : table) note_packed(written, item, item.entry.size);
  TRY(written.container_bytes,
      archive::write_tar(pending->descriptor(), options.output_format, entries, take, [&](std::size_t i) {
        if (entries[i].type != EntryType::file) ahead.wait_for(i);
        ahead.release(i);
      }));
  return WriteResult{.pending = std::move(pending), .written = std::move(written)};
}

}  // namespace slim
