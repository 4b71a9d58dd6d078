// The wall in front of libarchive.
//
// libarchive passes names through the locale's character set. Names in a package are bytes, so all of this
// runs in the "C" locale, whatever the environment says: there libarchive cannot convert and leaves the bytes
// alone.
#include "archive/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <unordered_map>
#include <utility>

#include "archive/entry_names.h"
#include "archive/tar_members.h"
#include "util/format.h"

namespace slim::archive {
namespace {

constexpr std::size_t kBlock = 65536;
// 1980-01-01 00:00:00 UTC, as in zips (where it is the earliest date there is).
constexpr time_t kFixedTime = 315532800;
// What a package may unpack to: as zips by deflate's own bound, 1032 bytes from one. xz and zstd have no such
// bound, so that a small file could fill the disk.
constexpr std::uint64_t kAlwaysAllowed = std::uint64_t{1} << 30;
constexpr std::uint64_t kLargestRatio = 1032;

struct FreeReader {
  void operator()(struct archive* reader) const { archive_read_free(reader); }
};
struct FreeWriter {
  void operator()(struct archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Reader = std::unique_ptr<struct archive, FreeReader>;
using Writer = std::unique_ptr<struct archive, FreeWriter>;

class PlainLocale {
 public:
  PlainLocale() : plain_(newlocale(LC_ALL_MASK, "C", nullptr)), before_(uselocale(plain_)) {}
  ~PlainLocale() {
    uselocale(before_);
    if (plain_ != nullptr) freelocale(plain_);
  }
  PlainLocale(const PlainLocale&) = delete;
  PlainLocale& operator=(const PlainLocale&) = delete;

 private:
  locale_t plain_;
  locale_t before_;
};

std::string reason(struct archive* archive) {
  const char* text = archive_error_string(archive);
  return text == nullptr ? "no reason given" : printable(text);
}

// ---- reading ----

class TarSource : public ContentSource {
 public:
  // Entry i's bytes are places[i] of the scratch file.
  TarSource(Descriptor scratch, std::vector<Spooled> places)
      : scratch_(std::move(scratch)), places_(std::move(places)) {}

  Result<Bytes> load(std::size_t index) const override {
    const Spooled& where = places_.at(index);
    try {
      return read_exactly_at(scratch_.get(), where.offset, where.size);
    } catch (const std::bad_alloc&) {
      return fail(format("an entry of {} bytes doesn't fit into memory", where.size));
    }
  }

 private:
  Descriptor scratch_;
  std::vector<Spooled> places_;
};

// One pass over a tar: contents go to the scratch file, and members to `members`.
class TarPass {
 public:
  TarPass(struct archive* reader, int scratch, TarMembers& members, std::uint64_t limit)
      : reader_(reader), scratch_(scratch), members_(members), limit_(limit) {}

  Status run() {
    for (;;) {
      archive_entry* header = nullptr;
      const int result = archive_read_next_header(reader_, &header);
      if (result == ARCHIVE_EOF) return {};
      if (result < ARCHIVE_WARN) {
        return fail(format("the tar can't be read ({}): fetch or build it again", reason(reader_)));
      }
      CHECK_OK(take(header));
    }
  }

 private:
  Status take(archive_entry* header) {
    const char* name = archive_entry_pathname(header);
    if (name == nullptr) return fail("an entry has a name that can't be read: build the tar again");
    Entry entry;
    TRY(entry.path, path_from_name(name));
    if (entry.path.empty()) return {};  // "./"
    entry.mode = archive_entry_perm(header) & 07777U;
    TRY(entry.uid, owner(archive_entry_uid(header), entry.path));
    TRY(entry.gid, owner(archive_entry_gid(header), entry.path));
    if (archive_entry_mtime_is_set(header) != 0) entry.mtime = archive_entry_mtime(header);
    read_xattrs(header, entry);
    Spooled spooled;
    if (const char* original = archive_entry_hardlink(header)) {
      TRY(spooled, members_.link(original, entry));
    } else {
      TRY(spooled, typed(header, entry));
      entry.packed = entry.size;
    }
    return members_.add(std::move(entry), spooled);
  }

  static void read_xattrs(archive_entry* header, Entry& entry) {
    archive_entry_xattr_reset(header);
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    while (archive_entry_xattr_next(header, &name, &value, &size) == ARCHIVE_OK) {
      entry.xattrs.push_back({name, std::string(static_cast<const char*>(value), size)});
    }
    std::ranges::sort(entry.xattrs, {}, &Attribute::name);
  }

  static Result<std::uint32_t> owner(std::int64_t number, const std::string& path) {
    if (number < 0 || number > UINT32_MAX) {
      return fail(format("{} has the impossible owner {}: build the tar again", quoted(path), number));
    }
    return static_cast<std::uint32_t>(number);
  }

  Result<Spooled> typed(archive_entry* header, Entry& entry) {
    switch (archive_entry_filetype(header)) {
      case AE_IFREG:
        return spool(header, entry);
      case AE_IFDIR:
        entry.type = EntryType::directory;
        return Spooled{};
      case AE_IFLNK: {
        entry.type = EntryType::symlink;
        const char* target = archive_entry_symlink(header);
        entry.target = target == nullptr ? "" : target;
        entry.size = entry.target.size();
        CHECK_OK(check_symlink_target(entry.path, entry.target));
        return Spooled{};
      }
      default:
        return fail(quoted(entry.path) + " is a device, pipe or socket: build the package without it");
    }
  }

  Result<Spooled> spool(archive_entry* header, Entry& entry) {
    const std::int64_t declared = archive_entry_size(header);
    if (declared < 0 || static_cast<std::uint64_t>(declared) > limit_ - end_) {
      return fail(
          format("{} brings the unpacked size over {} bytes, {} times the file's own: the tar is made to "
                 "fill the disk, or give the folder itself",
                 quoted(entry.path), limit_, kLargestRatio));
    }
    const Spooled spooled{.offset = end_, .size = static_cast<std::uint64_t>(declared)};
    entry.size = spooled.size;
    for (;;) {
      const void* block = nullptr;
      std::size_t length = 0;
      la_int64_t at = 0;  // jumps over the holes of sparse files
      const int result = archive_read_data_block(reader_, &block, &length, &at);
      if (result == ARCHIVE_EOF) break;
      if (result < ARCHIVE_WARN) {
        return fail(format("{} can't be read ({}): fetch or build the tar again", quoted(entry.path),
                           reason(reader_)));
      }
      const auto begin = static_cast<std::uint64_t>(at);
      if (at < 0 || begin > spooled.size || length > spooled.size - begin) {
        return fail(quoted(entry.path) + " is longer than its header says: fetch or build the tar again");
      }
      const ByteView bytes(static_cast<const std::uint8_t*>(block), length);
      auto written = write_all_at(scratch_, bytes, spooled.offset + begin);
      if (!written) return tl::unexpected<Error>(at_scratch(std::move(written.error())));
    }
    end_ += spooled.size;
    if (ftruncate(scratch_, static_cast<off_t>(end_)) != 0) {
      return tl::unexpected<Error>(at_scratch(system_error("extend")));
    }
    return spooled;
  }

  static Error at_scratch(Error error) {
    return at("the scratch file (set TMPDIR to a folder with more room)", std::move(error));
  }

  struct archive* reader_;
  const int scratch_;
  TarMembers& members_;
  const std::uint64_t limit_;
  std::uint64_t end_ = 0;  // of the scratch file
};

Result<ContainerFormat> format_of(struct archive* reader) {
  // The last filter is the reading of the file itself.
  if (archive_filter_count(reader) > 2) return fail("the tar is packed twice over: unpack it once");
  switch (archive_filter_code(reader, 0)) {
    case ARCHIVE_FILTER_NONE:
      return ContainerFormat::tar;
    case ARCHIVE_FILTER_GZIP:
      return ContainerFormat::tar_gz;
    case ARCHIVE_FILTER_XZ:
      return ContainerFormat::tar_xz;
    case ARCHIVE_FILTER_ZSTD:
      return ContainerFormat::tar_zst;
    default:
      return fail("the tar is packed in a way that slim doesn't read: pack it by gzip, xz or zstd");
  }
}

}  // namespace

Result<Contents> read_tar(Descriptor file) {
  const PlainLocale locale;
  struct stat status;
  if (fstat(file.get(), &status) != 0) return tl::unexpected<Error>(system_error("read"));
  Contents contents;
  contents.container_bytes = static_cast<std::uint64_t>(status.st_size);
  const Reader reader(archive_read_new());
  if (!reader) return fail("libarchive can't be set up: not enough memory");
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_filter_zstd(reader.get());
  archive_read_support_format_tar(reader.get());
  if (archive_read_open_fd(reader.get(), file.get(), kBlock) != ARCHIVE_OK) {
    return fail(format("this is no tar that slim can read ({})", reason(reader.get())));
  }
  TRY(Descriptor scratch, scratch_file());
  const std::uint64_t limit = std::max(kAlwaysAllowed, contents.container_bytes * kLargestRatio);
  TarMembers members;
  CHECK_OK(TarPass(reader.get(), scratch.get(), members, limit).run());
  TRY(contents.format, format_of(reader.get()));
  contents.replaced = members.replaced();
  TRY(std::vector<Spooled> places, members.give_sorted(contents.entries));
  contents.source = std::make_shared<TarSource>(std::move(scratch), std::move(places));
  return contents;
}

// ---- writing ----

namespace {

Status checked(struct archive* writer, int result) {
  if (result == ARCHIVE_OK || result == ARCHIVE_WARN) return {};
  return fail(format("the tar can't be written: {}", reason(writer)));
}

// Levels: the highest whose memory and time stay near those of the default zip.
Status set_filter(struct archive* writer, ContainerFormat format) {
  switch (format) {
    case ContainerFormat::tar_gz:
      CHECK_OK(checked(writer, archive_write_add_filter_gzip(writer)));
      CHECK_OK(checked(writer, archive_write_set_filter_option(writer, "gzip", "timestamp", nullptr)));
      return checked(writer, archive_write_set_filter_option(writer, "gzip", "compression-level", "9"));
    case ContainerFormat::tar_xz:
      CHECK_OK(checked(writer, archive_write_add_filter_xz(writer)));
      return checked(writer, archive_write_set_filter_option(writer, "xz", "compression-level", "6"));
    case ContainerFormat::tar_zst:
      CHECK_OK(checked(writer, archive_write_add_filter_zstd(writer)));
      return checked(writer, archive_write_set_filter_option(writer, "zstd", "compression-level", "12"));
    default:
      return checked(writer, archive_write_add_filter_none(writer));
  }
}

// `original`: the path of the file that the entry is another name of; empty: it has bytes of its own.
Status write_entry(struct archive* writer, const Entry& entry, ByteView bytes, const std::string& original) {
  const std::unique_ptr<archive_entry, FreeEntry> header(archive_entry_new2(writer));
  if (!header) return fail("libarchive can't make an entry: not enough memory");
  const std::string name = entry.type == EntryType::directory ? entry.path + "/" : entry.path;
  archive_entry_copy_pathname(header.get(), name.c_str());
  archive_entry_set_perm(header.get(), static_cast<mode_t>(entry.mode));
  archive_entry_set_uid(header.get(), entry.uid);
  archive_entry_set_gid(header.get(), entry.gid);
  archive_entry_set_mtime(header.get(), kFixedTime, 0);
  archive_entry_set_size(header.get(), static_cast<la_int64_t>(bytes.size()));
  switch (entry.type) {
    case EntryType::file:
      archive_entry_set_filetype(header.get(), AE_IFREG);
      break;
    case EntryType::directory:
      archive_entry_set_filetype(header.get(), AE_IFDIR);
      break;
    case EntryType::symlink:
      archive_entry_set_filetype(header.get(), AE_IFLNK);
      archive_entry_copy_symlink(header.get(), entry.target.c_str());
      break;
  }
  if (!original.empty()) archive_entry_copy_hardlink(header.get(), original.c_str());
  for (const Attribute& attribute : entry.xattrs) {
    archive_entry_xattr_add_entry(header.get(), attribute.name.c_str(), attribute.value.data(),
                                  attribute.value.size());
  }
  CHECK_OK(checked(writer, archive_write_header(writer, header.get())));
  while (!bytes.empty()) {
    const la_ssize_t done = archive_write_data(writer, bytes.data(), bytes.size());
    if (done <= 0) return fail(format("the tar can't be written: {}", reason(writer)));
    bytes = bytes.subspan(static_cast<std::size_t>(done));
  }
  return {};
}

}  // namespace

Result<std::uint64_t> write_tar(int descriptor, ContainerFormat format, std::span<const Entry> entries,
                                const std::function<Result<Bytes>(std::size_t)>& data,
                                const std::function<void(std::size_t)>& done) {
  const PlainLocale locale;
  const Writer writer(archive_write_new());
  if (!writer) return fail("libarchive can't be set up: not enough memory");
  CHECK_OK(checked(writer.get(), archive_write_set_format_pax_restricted(writer.get())));
  // As GNU tar and container tools write them; libarchive would write each a second time in its own way.
  CHECK_OK(
      checked(writer.get(), archive_write_set_format_option(writer.get(), "pax", "xattrheader", "SCHILY")));
  CHECK_OK(set_filter(writer.get(), format));
  archive_write_set_bytes_per_block(writer.get(), kBlock);
  archive_write_set_bytes_in_last_block(writer.get(), 1);
  CHECK_OK(checked(writer.get(), archive_write_open_fd(writer.get(), descriptor)));
  std::unordered_map<std::uint32_t, std::string> first_names;  // by Entry::hard_link
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Bytes bytes;
    std::string original;
    if (entries[i].hard_link != 0) {
      const auto [first, is_first] = first_names.emplace(entries[i].hard_link, entries[i].path);
      if (!is_first) original = first->second;
    }
    if (entries[i].type == EntryType::file && original.empty()) {
      TRY(bytes, data(i));
    }
    auto written = write_entry(writer.get(), entries[i], bytes, original);
    if (!written) return tl::unexpected<Error>(at(quoted(entries[i].path), std::move(written.error())));
    bytes = Bytes();
    done(i);
  }
  CHECK_OK(checked(writer.get(), archive_write_close(writer.get())));
  struct stat status;
  if (fstat(descriptor, &status) != 0) return tl::unexpected<Error>(system_error("read"));
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace slim::archive
