// Zip and tar outputs. Both are written from front to back while other threads make what comes next.
#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_set>

#include "archive/tar.h"
#include "archive/zip.h"
#include "parallel/ahead.h"
#include "parallel/parallel.h"
#include "util/format.h"
#include "write/outputs.h"

namespace slim {
namespace {

constexpr std::uint32_t kFileType = 0100000;
constexpr std::uint32_t kFolderType = 0040000;
constexpr std::uint32_t kLinkType = 0120000;

class PendingArchive : public PendingOutput {
 public:
  virtual int descriptor() const = 0;
};

class PendingFile : public PendingArchive {
 public:
  explicit PendingFile(AtomicFile file) : file_(std::move(file)) {}
  const std::string& temporary_path() const override { return file_.temporary_path(); }
  Status commit() override { return file_.commit(); }
  int descriptor() const override { return file_.descriptor(); }

 private:
  AtomicFile file_;
};

// The program behind standard output gets a whole and verified zip, or nothing. Until it is verified it lies
// in a folder that nobody else can look into.
class PendingStream : public PendingArchive {
 public:
  PendingStream(TemporaryPath folder, AtomicFile file) : folder_(std::move(folder)), file_(std::move(file)) {}
  const std::string& temporary_path() const override { return file_.temporary_path(); }
  int descriptor() const override { return file_.descriptor(); }
  Status commit() override { return write_to_stdout(file_.descriptor()); }

 private:
  TemporaryPath folder_;
  AtomicFile file_;
};

Result<std::unique_ptr<PendingArchive>> pending_archive(const Options& options) {
  if (!options.to_stdout()) {
    TRY(AtomicFile file, AtomicFile::create(options.output));
    return std::make_unique<PendingFile>(std::move(file));
  }
  TRY(TemporaryPath folder, scratch_subfolder("output"));
  TRY(AtomicFile file, AtomicFile::create(folder.path() + "/out.zip"));
  return std::make_unique<PendingStream>(std::move(folder), std::move(file));
}

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

archive::ZipItem zip_item(const OutputEntry& item) {
  const std::uint32_t type = item.entry.type == EntryType::file      ? kFileType
                             : item.entry.type == EntryType::symlink ? kLinkType
                                                                     : kFolderType;
  return {.name = name_in_zip(item), .unix_mode = type | item.entry.mode};
}

Bytes to_bytes(const std::string& text) { return Bytes(text.begin(), text.end()); }

void note_packed(Written& written, const OutputEntry& item, const PackedEntry& made) {
  note_packed(written, item, made.packed.size());
  const PackedProof proof{.crc = made.crc, .packed_hash = hash_bytes(made.packed)};
  if (item.origin == OutputEntry::Origin::entry) written.proofs[item.index] = proof;
  if (item.origin == OutputEntry::Origin::addition) written.proof_additions[item.index] = proof;
}

// The bytes that go into the zip. Bytes whose hash is another than the plan's are an error, and never
// written.
Result<PackedEntry> packed(const Plan& plan, const OutputEntry& item, const OutputBytes& output_bytes,
                           Packer& packer) {
  if (item.entry.type == EntryType::symlink) return packer.pack(to_bytes(item.entry.target));
  if (item.entry.type != EntryType::file) return PackedEntry();
  if (item.origin == OutputEntry::Origin::entry) {
    if (auto made = packer.take(item.index)) return std::move(*made);
  }
  const auto load = [&]() -> Result<Bytes> {
    TRY(Bytes bytes, bytes_of(plan, item, output_bytes));
    if (hash_bytes(bytes) == planned_hash(plan, item)) return bytes;
    return fail(
        format("entry '{}' comes out with other bytes than planned: either the input was changed "
               "meanwhile, or this is a defect of slim; nothing was written",
               printable(item.entry.path)));
  };
  if (item.origin == OutputEntry::Origin::entry) {
    const Action& action = plan.actions[item.index];
    if (keeps_bytes(action) && !action.stays_stored) return packer.pack_unchanged(item.index, load);
    if (action.stays_stored) {
      TRY(Bytes bytes, load());
      return Packer::store(std::move(bytes));
    }
  }
  TRY(Bytes bytes, load());
  return packer.pack(std::move(bytes));
}

// A zip without entries is none to most readers.
tl::unexpected<Error> nothing_left(const Package& package, const Plan& plan) {
  if (package.entries.empty())
    return fail(format("{}: the package has no files: check how it was packed", printable(package.path)));
  const auto dropped = std::ranges::find(plan.actions, Verb::drop, &Action::verb);
  return fail(
      format("{}: nothing is left to write, as every file goes ({}): hold what you need with --keep, or "
             "see what goes with --dry-run",
             printable(package.path), dropped == plan.actions.end() ? "empty" : dropped->rule));
}

constexpr std::uint64_t kChunk = std::uint64_t{1} << 20;

// The first `size` bytes of the input's container.
Status copy_start(const Package& package, std::uint64_t size, int descriptor) {
  for (std::uint64_t at = 0; at < size; at += kChunk) {
    TRY(const Bytes bytes, package.source->load_raw(at, std::min(kChunk, size - at)));
    CHECK_OK(write_all_at(descriptor, bytes, at));
  }
  return {};
}

// What can be started stays so: an application with its interpreter's line, a jar.
Status take_over_mode(const Package& package, int descriptor) {
  struct stat status;
  if (!package.is_program || package.format != ContainerFormat::zip) return {};
  if (fstat(descriptor, &status) != 0) return tl::unexpected<Error>(system_error("read"));
  const auto mode = status.st_mode & 07777;
  if (fchmod(descriptor, mode | (mode & 0444) >> 2) != 0) return tl::unexpected<Error>(system_error("chmod"));
  return {};
}

// What the program and the reader of the input's zip find beside its entries.
ZipFrame frame_of(const Package& package, const Plan& plan) {
  ZipFrame frame;
  if (plan.zip_form.frame) frame = package.frame;
  frame.prefix = package.frame.prefix;
  return frame;
}

}  // namespace

Result<WriteResult> copy_zip_file(const Package& package, const Plan& plan, const Options& options) {
  TRY(auto pending, pending_archive(options));
  Written written = nothing_written(package, plan, options);
  CHECK_OK(copy_start(package, package.container_bytes, pending->descriptor()));
  CHECK_OK(take_over_mode(package, pending->descriptor()));
  written.container_bytes = package.container_bytes;
  for (std::size_t i = 0; i < package.entries.size(); ++i) written.packed[i] = package.entries[i].packed;
  return WriteResult{.pending = std::move(pending), .written = std::move(written)};
}

Result<WriteResult> write_zip_file(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes, Packer& packer) {
  std::vector<OutputEntry> table = output_table(package, plan, ContainerFormat::zip);
  if (table.empty()) return nothing_left(package, plan);
  sort_for_zip(table, plan);
  std::vector<archive::ZipItem> items;
  items.reserve(table.size());
  for (const OutputEntry& item : table) items.push_back(zip_item(item));

  TRY(auto pending, pending_archive(options));
  const ZipFrame frame = frame_of(package, plan);
  CHECK_OK(copy_start(package, frame.prefix, pending->descriptor()));
  CHECK_OK(take_over_mode(package, pending->descriptor()));
  Written written = nothing_written(package, plan, options);
  written.proofs.resize(written.packed.size());
  written.proof_additions.resize(written.packed_additions.size());

  std::vector<std::optional<Result<PackedEntry>>> made(table.size());
  Ahead ahead(costs_of(package, table), options.in_flight(unpacked_bytes(package)),
              threads_or_default(options.threads), [&](std::size_t i) -> std::uint64_t {
                made[i] = packed(plan, table[i], output_bytes, packer);
                return *made[i] ? (*made[i])->packed.capacity() : 0;
              });
  const auto take = [&](std::size_t i) -> Result<PackedEntry> {
    ahead.wait_for(i);
    Result<PackedEntry> data = std::move(*made[i]);
    made[i].reset();
    if (data) note_packed(written, table[i], *data);
    return data;
  };
  TRY(written.container_bytes,
      archive::write_zip(
          pending->descriptor(), items, take, [&](std::size_t i) { ahead.release(i); }, frame));
  return WriteResult{.pending = std::move(pending), .written = std::move(written)};
}

namespace {

// Names of one file stay so as long as the plan does the same with each.
std::vector<Entry> entries_of_tar(const std::vector<OutputEntry>& table, const Plan& plan) {
  std::map<std::tuple<std::uint32_t, Hash128, std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t>
      files;
  std::vector<Entry> entries;
  entries.reserve(table.size());
  for (const OutputEntry& item : table) {
    entries.push_back(item.entry);
    Entry& entry = entries.back();
    if (entry.type != EntryType::file) entry.hard_link = 0;
    if (entry.hard_link == 0) continue;
    const auto number = static_cast<std::uint32_t>(files.size() + 1);
    entry.hard_link =
        files
            .emplace(std::tuple(entry.hard_link, planned_hash(plan, item), entry.mode, entry.uid, entry.gid),
                     number)
            .first->second;
  }
  return entries;
}

// Which of the entries are further names of a file, without bytes of their own.
std::vector<bool> later_names(const std::vector<Entry>& entries) {
  std::vector<bool> later(entries.size());
  std::unordered_set<std::uint32_t> seen;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].hard_link != 0) later[i] = !seen.insert(entries[i].hard_link).second;
  }
  return later;
}

}  // namespace

Result<WriteResult> write_tar_file(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes) {
  const std::vector<OutputEntry> table = output_table(package, plan, options.output_format);
  const std::vector<Entry> entries = entries_of_tar(table, plan);
  const std::vector<bool> is_link = later_names(entries);

  TRY(auto pending, pending_archive(options));
  Written written = nothing_written(package, plan, options);

  std::vector<std::optional<Result<Bytes>>> made(table.size());
  Ahead ahead(costs_of(package, table), options.in_flight(unpacked_bytes(package)),
              threads_or_default(options.threads), [&](std::size_t i) -> std::uint64_t {
                if (table[i].entry.type != EntryType::file || is_link[i]) return 0;
                made[i] = bytes_of(plan, table[i], output_bytes);
                return *made[i] ? (*made[i])->capacity() : 0;
              });
  const auto take = [&](std::size_t i) -> Result<Bytes> {
    ahead.wait_for(i);
    Result<Bytes> bytes = std::move(*made[i]);
    made[i].reset();
    return bytes;
  };
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (!is_link[i]) note_packed(written, table[i], table[i].entry.size);
  }
  TRY(written.container_bytes,
      archive::write_tar(pending->descriptor(), options.output_format, entries, take, [&](std::size_t i) {
        if (entries[i].type != EntryType::file || is_link[i]) ahead.wait_for(i);
        ahead.release(i);
      }));
  return WriteResult{.pending = std::move(pending), .written = std::move(written)};
}

}  // namespace slim
