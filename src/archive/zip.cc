// The wall in front of libzip.
//
// Reading: libzip and our own scan of the directory (zip_directory.cc, for what libzip doesn't tell: NULs in
// names, offsets, DOS times) must see the very same entries. What reads their bytes (zip_contents.cc) does
// without libzip, whose handle serves one thread at a time.
//
// Writing: each entry is a source function that gives bytes which are packed already, and whose STAT says so;
// libzip asks for them in order. Its own output is a source function too, over our descriptor. libzip states
// "made by 6.3" and takes dates through the local time zone; both are set right in a last pass
// (zip_headers.cc).
#include "archive/zip.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "archive/entry_names.h"
#include "archive/zip_contents.h"
#include "archive/zip_directory.h"
#include "archive/zip_headers.h"
#include "util/format.h"

namespace slim::archive {
namespace {

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
using ZipHandle = std::unique_ptr<zip_t, Discard>;

// ---- reading ----

// Offsets of the zip count from `base`.
ZipHandle open_with_libzip(std::FILE* file, std::uint64_t base, zip_error_t& error) {
  zip_source_t* source = zip_source_filep_create(file, base, -1, &error);
  if (source == nullptr) {
    std::fclose(file);
    return nullptr;
  }
  ZipHandle handle(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!handle) zip_source_free(source);
  return handle;
}

// libzip must see the very entries that the directory scan has seen.
Status check_with_libzip(int descriptor, const ZipDirectory& directory) {
  const std::vector<ZipRecord>& records = directory.records;
  Descriptor copy(fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  std::FILE* file = copy ? fdopen(copy.get(), "rb") : nullptr;
  if (file == nullptr) return tl::unexpected<Error>(system_error("read"));
  copy.release();
  zip_error_t error;
  zip_error_init(&error);
  const ZipHandle handle = open_with_libzip(file, directory.base, error);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (!handle) return fail(format("the zip can't be read ({}): fetch or build it again", reason));
  bool same = zip_get_num_entries(handle.get(), 0) == static_cast<zip_int64_t>(records.size());
  for (std::size_t i = 0; same && i < records.size(); ++i) {
    zip_stat_t stat;
    same = zip_stat_index(handle.get(), i, ZIP_FL_ENC_RAW, &stat) == 0 && stat.size == records[i].size &&
           stat.comp_size == records[i].packed && stat.crc == records[i].crc &&
           std::string_view(stat.name).size() == records[i].best_name().size();
  }
  if (!same) return fail("the zip's central directory can be read in two ways: build it again");
  return {};
}

}  // namespace

Result<Contents> read_zip(Descriptor file, bool takes_backslashes) {
  struct stat status;
  if (fstat(file.get(), &status) != 0) return tl::unexpected<Error>(system_error("read"));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  TRY(ZipDirectory directory, read_zip_directory(file.get(), size));
  CHECK_OK(check_with_libzip(file.get(), directory));
  TRY(Contents contents, zip_contents(std::move(file), std::move(directory), takes_backslashes));
  contents.container_bytes = size;
  return contents;
}

// ---- writing ----

namespace {

constexpr std::size_t kBufferSize = std::size_t{1} << 20;

// Where libzip writes to. Appends are gathered; libzip goes back once for each entry, to its local header.
class Sink {
 public:
  Sink(int descriptor, std::uint64_t begin)
      : descriptor_(descriptor), buffer_begin_(begin), position_(begin), end_(begin) {
    zip_error_init(&error_);
  }
  ~Sink() { zip_error_fini(&error_); }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  static zip_int64_t call(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto* sink = static_cast<Sink*>(self);
    try {
      return sink->handle(data, length, command);
    } catch (const std::exception&) {
      zip_error_set(&sink->error_, ZIP_ER_MEMORY, 0);
      return -1;
    }
  }

  Status flush() {
    auto done = write_all_at(descriptor_, buffer_, buffer_begin_);
    if (done) start_writeback(descriptor_, buffer_begin_, buffer_.size());
    buffer_begin_ += buffer_.size();
    buffer_.clear();
    return done;
  }

 private:
  zip_int64_t handle(void* data, zip_uint64_t length, zip_source_cmd_t command) {
    switch (command) {
      case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_WRITABLE;
      case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&error_, data, length);
      case ZIP_SOURCE_STAT: {
        auto* stat = static_cast<zip_stat_t*>(data);
        zip_stat_init(stat);
        stat->size = 0;
        stat->valid = ZIP_STAT_SIZE;
        return static_cast<zip_int64_t>(sizeof *stat);
      }
      case ZIP_SOURCE_WRITE:
        return write({static_cast<const std::uint8_t*>(data), length});
      case ZIP_SOURCE_SEEK_WRITE: {
        const zip_int64_t target =
            zip_source_seek_compute_offset(position_, std::max(position_, end_), data, length, &error_);
        if (target < 0) return -1;
        position_ = static_cast<std::uint64_t>(target);
        return 0;
      }
      case ZIP_SOURCE_TELL_WRITE:
        return static_cast<zip_int64_t>(position_);
      case ZIP_SOURCE_COMMIT_WRITE:
        return flush() ? 0 : failed();
      default:
        return 0;  // open, close, begin, rollback, remove: the descriptor's owner sees to these
    }
  }

  zip_int64_t write(ByteView bytes) {
    const bool inside = position_ >= buffer_begin_ && position_ <= buffer_begin_ + buffer_.size();
    if (!inside) {  // a local header that has left the buffer, or the way back from it
      if (position_ + bytes.size() <= buffer_begin_) {
        if (!write_all_at(descriptor_, bytes, position_)) return failed();
        position_ += bytes.size();
        return static_cast<zip_int64_t>(bytes.size());
      }
      if (!flush()) return failed();
      buffer_begin_ = position_;
    }
    const std::size_t at = position_ - buffer_begin_;
    if (buffer_.size() < at + bytes.size()) buffer_.resize(at + bytes.size());
    std::copy(bytes.begin(), bytes.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(at));
    position_ += bytes.size();
    end_ = std::max(end_, position_);
    if (buffer_.size() >= kBufferSize && !flush()) return failed();
    return static_cast<zip_int64_t>(bytes.size());
  }

  zip_int64_t failed() {
    zip_error_set(&error_, ZIP_ER_WRITE, errno);
    return -1;
  }

  const int descriptor_;
  Bytes buffer_;  // lies at buffer_begin_ of the file; all before is written
  std::uint64_t buffer_begin_;
  std::uint64_t position_;
  std::uint64_t end_;
  zip_error_t error_;
};

struct Job {
  zip_t* zip;
  const std::function<Result<PackedEntry>(std::size_t)>& data;
  const std::function<void(std::size_t)>& done;
  std::optional<Error> failure;  // the first
};

// What libzip reads one entry from. The bytes come into being when libzip first asks what they are.
struct ItemSource {
  Job& job;
  std::size_t index = 0;
  bool asked = false;
  PackedEntry data;
  std::uint64_t packed_size = 0;
  std::uint64_t position = 0;

  static zip_int64_t call(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto* source = static_cast<ItemSource*>(self);
    try {
      return source->handle(data, length, command);
    } catch (const std::exception& error) {
      if (!source->job.failure)
        source->job.failure = Error{format("the zip can't be written: {}", error.what())};
      return -1;
    }
  }

  bool ready() {
    if (asked) return !job.failure;
    asked = true;
    auto made = job.data(index);
    if (!made) {
      if (!job.failure) job.failure = std::move(made.error());
      return false;
    }
    data = std::move(*made);
    packed_size = data.packed.size();
    // What is to be stored must say so itself: libzip would deflate it.
    return data.deflated || zip_set_file_compression(job.zip, index, ZIP_CM_STORE, 0) == 0;
  }

  zip_int64_t handle(void* out, zip_uint64_t length, zip_source_cmd_t command) {
    switch (command) {
      case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
      case ZIP_SOURCE_STAT: {
        if (!ready()) return -1;
        auto* stat = static_cast<zip_stat_t*>(out);
        zip_stat_init(stat);
        stat->size = data.size;
        stat->comp_size = packed_size;
        stat->crc = data.crc;
        stat->comp_method = data.deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
        stat->encryption_method = ZIP_EM_NONE;
        stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD |
                      ZIP_STAT_ENCRYPTION_METHOD;
        return static_cast<zip_int64_t>(sizeof *stat);
      }
      case ZIP_SOURCE_OPEN:
        position = 0;
        return ready() ? 0 : -1;
      case ZIP_SOURCE_READ: {
        const std::size_t part = std::min<std::size_t>(length, data.packed.size() - position);
        if (part != 0) std::memcpy(out, data.packed.data() + position, part);
        position += part;
        return static_cast<zip_int64_t>(part);
      }
      case ZIP_SOURCE_CLOSE:
        data.packed = Bytes();
        job.done(index);
        return 0;
      case ZIP_SOURCE_ERROR: {
        const int codes[2] = {ZIP_ER_READ, 0};
        std::memcpy(out, codes, std::min<std::size_t>(length, sizeof codes));
        return sizeof codes;
      }
      case ZIP_SOURCE_FREE:
        delete this;
        return 0;
      default:
        return -1;
    }
  }
};

bool is_ascii(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Non-ASCII names get the UTF-8 flag where they are UTF-8; other bytes are written as they are, which libzip
// allows under the name of the old DOS code page.
zip_int64_t add_named(zip_t* zip, const std::string& name, zip_source_t* source) {
  if (is_ascii(name)) return zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_GUESS);
  const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  return index >= 0 ? index : zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_CP437);
}

Status add_item(zip_t* zip, const ZipItem& item, std::size_t index, Job& job) {
  // Owned by libzip's source, which frees it by ZIP_SOURCE_FREE.
  auto owned = std::make_unique<ItemSource>(ItemSource{.job = job, .index = index, .data = {}});
  zip_source_t* source = zip_source_function(zip, &ItemSource::call, owned.get());
  if (source == nullptr) return fail(zip_strerror(zip));
  owned.release();
  const zip_int64_t place = add_named(zip, item.name, source);
  if (place < 0) {
    zip_source_free(source);
    return fail(format("{} can't be written: {}", quoted(item.name), zip_strerror(zip)));
  }
  const auto number = static_cast<zip_uint64_t>(place);
  const std::uint32_t attributes = item.unix_mode << 16 | (S_ISDIR(item.unix_mode) ? kDosFolder : 0);
  if (zip_file_set_external_attributes(zip, number, 0, kMadeByUnix, attributes) != 0 ||
      zip_file_set_dostime(zip, number, kFixedTime, kFixedDate, 0) != 0) {
    return fail(format("{} can't be written: {}", quoted(item.name), zip_strerror(zip)));
  }
  return {};
}

Status add_frame(zip_t* zip, const ZipFrame& frame) {
  constexpr zip_uint16_t jar_marker = 0xcafe;
  const auto length = static_cast<zip_uint16_t>(frame.comment.size());  // was read from 16 bits
  if (!frame.comment.empty() && zip_set_archive_comment(zip, frame.comment.data(), length) != 0) {
    return fail(format("the zip's comment can't be written: {}", zip_strerror(zip)));
  }
  if (frame.jar_marker && zip_file_extra_field_set(zip, 0, jar_marker, ZIP_EXTRA_FIELD_NEW, nullptr, 0,
                                                   ZIP_FL_LOCAL | ZIP_FL_CENTRAL) != 0) {
    return fail(format("the mark of a jar can't be written: {}", zip_strerror(zip)));
  }
  return {};
}

}  // namespace

Result<std::uint64_t> write_zip(int descriptor, std::span<const ZipItem> items,
                                const std::function<Result<PackedEntry>(std::size_t)>& data,
                                const std::function<void(std::size_t)>& done, const ZipFrame& frame) {
  if (items.empty()) return fail("nothing is left to write: a zip needs one entry at least");
  Sink sink(descriptor, frame.prefix);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* output = zip_source_function_create(&Sink::call, &sink, &error);
  ZipHandle zip(output == nullptr ? nullptr
                                  : zip_open_from_source(output, ZIP_CREATE | ZIP_TRUNCATE, &error));
  if (!zip) {
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (output != nullptr) zip_source_free(output);
    return fail(format("the zip can't be begun: {}", reason));
  }
  zip_error_fini(&error);
  Job job{.zip = zip.get(), .data = data, .done = done, .failure = std::nullopt};
  for (std::size_t i = 0; i < items.size(); ++i) CHECK_OK(add_item(zip.get(), items[i], i, job));
  CHECK_OK(add_frame(zip.get(), frame));
  if (zip_close(zip.get()) != 0) {
    if (job.failure) return tl::unexpected<Error>(std::move(*job.failure));
    return fail(format("the zip can't be written: {}", zip_strerror(zip.get())));
  }
  zip.release();  // closed, and so freed
  struct stat status;
  if (fstat(descriptor, &status) != 0) return tl::unexpected<Error>(system_error("read"));
  const auto size = static_cast<std::uint64_t>(status.st_size);
  CHECK_OK(settle_headers(descriptor, size, items.size()));
  return size;
}

}  // namespace slim::archive
