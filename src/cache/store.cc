// The layout is that of ccache's and Go's build caches: <folder>/<2 hex digits>/<62 hex digits>, each file
// written under a temporary name and renamed, so that a reader sees all of it or nothing, whoever else writes
// or is killed. Nothing is synced: what a power cut leaves half written, its seal gives away. A file's date
// is that of its last use, within an hour, whatever the file system does about access times.
//
// The folder may be one that has other things in it: only files of such names are ever removed.
//
// <folder>/slim-size is a list of numbers, one a line: first what a full count found and when, then the size
// of each file that was added since, by whichever run. Lines are appended in one write each, so runs need not
// wait for each other, and what a killed run has added counts. A full count is made once a day, or when the
// sum passes the limit, by one run at a time. Between two counts the sum may be too high, never too low: a
// file that replaces another is counted twice.
#include "cache/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <vector>

#include "cache/seal.h"
#include "util/file.h"
#include "util/format.h"

namespace slim::cache {
namespace {

namespace fs = std::filesystem;

constexpr std::time_t kHour = 3600;
constexpr std::time_t kDay = 24 * kHour;
constexpr std::uint64_t kLongList = 64 << 10;  // of numbers; then it is summed up
constexpr std::string_view kSizeName = "/slim-size";
constexpr std::string_view kTemporary = "slim-tmp-";

bool is_hex(std::string_view name, std::size_t length) {
  return name.size() == length && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct Item {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t used = 0;  // nanoseconds
};

// Also removes what killed runs have left.
void add_items_of(const std::string& shard, std::vector<Item>& items) {
  std::error_code ignored;
  const std::time_t now = std::time(nullptr);
  for (fs::directory_iterator it(shard, ignored), end; it != end; it.increment(ignored)) {
    const std::string name = it->path().filename().string();
    struct stat status;
    if (lstat(it->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    if (name.starts_with(kTemporary) && status.st_mtim.tv_sec < now - kHour) unlink(it->path().c_str());
    if (!is_hex(name, 62)) continue;
    items.push_back({it->path().string(), static_cast<std::uint64_t>(status.st_size),
                     std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec});
  }
}

std::vector<Item> items_in(const std::string& folder) {
  std::vector<Item> items;
  std::error_code ignored;
  for (fs::directory_iterator it(folder, ignored), end; it != end; it.increment(ignored)) {
    const bool is_shard = is_hex(it->path().filename().string(), 2) &&
                          it->symlink_status(ignored).type() == fs::file_type::directory;
    if (is_shard) add_items_of(it->path().string(), items);
  }
  return items;
}

// Removes the oldest until nine tenths of the limit remain; gives what is left.
std::uint64_t remove_oldest(std::vector<Item> items, std::uint64_t limit) {
  std::uint64_t size = 0;
  for (const Item& item : items) size += item.size;
  if (size <= limit) return size;
  std::ranges::sort(items, {}, &Item::used);
  for (const Item& item : items) {
    if (size <= limit / 10 * 9) break;
    if (unlink(item.path.c_str()) == 0 || errno == ENOENT) size -= item.size;
  }
  return size;
}

// The list that was described above.
struct SizeList {
  std::uint64_t bytes = 0;
  std::int64_t counted = 0;  // seconds since 1970; 0: never
  bool is_long = false;
};

SizeList sum_up(std::string_view list) {
  SizeList sum{.is_long = list.size() > kLongList};
  bool is_first = true;
  for (; !list.empty(); is_first = false) {
    const std::string_view line = list.substr(0, std::min(list.find('\n'), list.size()));
    list.remove_prefix(std::min(line.size() + 1, list.size()));
    std::uint64_t bytes = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), bytes);
    if (error != std::errc() || bytes > UINT64_MAX - sum.bytes) continue;
    sum.bytes += bytes;
    if (!is_first || end == line.data() + line.size() || *end != ' ') continue;
    std::from_chars(end + 1, line.data() + line.size(), sum.counted);
  }
  return sum;
}

// Puts a new sum in place of the list's first `known` bytes; what others have added since stays.
void write_sum(int file, const std::string& path, std::size_t known, const SizeList& sum) {
  std::string text = format("{} {}\n", sum.bytes, sum.counted);
  if (const Result<Bytes> now = read_file(path); now && now->size() > known)
    text += as_text(ByteView(*now).subspan(known));
  if (ftruncate(file, 0) == 0) static_cast<void>(write_all_at(file, as_bytes(text), 0).has_value());
}

Descriptor create_file(const std::string& path) {
  return Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
}

// Tells backup programs and people what the folder is (bford.info/cachedir).
void tag(const std::string& folder) {
  const Descriptor file = create_file(folder + "/CACHEDIR.TAG");
  constexpr std::string_view text =
      "Signature: 8a477f597d28d172789f06886806bc55\n"
      "# Results of earlier runs of slim. All of it can be deleted at any time.\n";
  if (file) static_cast<void>(write_all(file.get(), as_bytes(text)).has_value());
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(std::string folder, std::uint64_t limit) {
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  std::error_code ignored;
  fs::create_directories(fs::path(folder).parent_path(), ignored);
  if (mkdir(folder.c_str(), 0700) == 0) tag(folder);
  struct stat status;
  if (stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      access(folder.c_str(), R_OK | X_OK) != 0) {
    return fail(format("the cache folder {} can't be used: name another, or say off", printable(folder)));
  }
  const bool is_ours = status.st_uid == geteuid() || status.st_uid == 0;
  const bool is_private = is_ours && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
  const bool is_writable = access(folder.c_str(), W_OK) == 0;
  return std::unique_ptr<Store>(new Store(folder, limit, is_private, is_writable));
}

std::string Store::path_of(const Sha256& key) const {
  const std::string hex = to_hex(key);
  return folder_ + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

bool Store::has(const Sha256& key) const { return access(path_of(key).c_str(), R_OK) == 0; }

std::optional<Bytes> Store::get(const Sha256& key, std::uint64_t most) const {
  const std::string path = path_of(key);
  // O_NONBLOCK, lest a pipe of that name hold up the run.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status;
  if (!file || fstat(file.get(), &status) != 0) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (S_ISREG(status.st_mode) && size >= kSealSize && size - kSealSize <= most) {
    Result<Bytes> seal = read_exactly_at(file.get(), 0, kSealSize);
    Result<Bytes> value = read_exactly_at(file.get(), kSealSize, size - kSealSize);
    if (seal && value && *seal == seal_of(key, *value)) {
      if (status.st_mtim.tv_sec < std::time(nullptr) - kHour) futimens(file.get(), nullptr);
      return std::move(*value);
    }
  }
  unlink(path.c_str());
  return std::nullopt;
}

void Store::put(const Sha256& key, ByteView value) {
  if (!is_writable_ || fault_ != 0) return;
  const std::string path = path_of(key);
  const std::string shard = path.substr(0, path.rfind('/'));
  const std::string temporary = format("{}/{}{}-{}", shard, kTemporary, getpid(), next_temporary_++);
  Descriptor file = create_file(temporary);
  if (!file && errno == ENOENT) {
    mkdir(shard.c_str(), 0700);
    file = create_file(temporary);
  }
  const bool written = file && write_all(file.get(), seal_of(key, value)) && write_all(file.get(), value);
  if (written && rename(temporary.c_str(), path.c_str()) == 0) return note_size(value.size() + kSealSize);
  if (!written) give_up_on(errno);
  if (file) unlink(temporary.c_str());
}

// Remembers errors that the next write would meet as well, such as a full disk. Others may concern one file
// only.
void Store::give_up_on(int error) {
  int none = 0;
  if (error == ENOSPC || error == EDQUOT || error == EROFS || error == EIO)
    fault_.compare_exchange_strong(none, error);
}

void Store::note_size(std::uint64_t added) const {
  const std::string path = folder_ + std::string(kSizeName);
  const Descriptor list(
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  if (list) static_cast<void>(write_all(list.get(), as_bytes(format("{}\n", added))).has_value());
}

std::optional<std::string> Store::trouble() const {
  if (fault_ == 0) return std::nullopt;
  return format("the cache folder {} takes no more ({}): what this run made was not all kept",
                printable(folder_), std::generic_category().message(fault_));
}

void Store::trim() {
  if (!is_writable_) return;
  const std::string path = folder_ + std::string(kSizeName);
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  struct stat status;
  if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) return;  // another run is at it
  const Result<Bytes> list = read_file(path);
  if (!list) return;
  SizeList sum = sum_up(as_text(*list));
  const std::int64_t now = std::time(nullptr);
  const bool is_old = sum.counted > now || sum.counted < now - kDay;
  if (is_old || sum.bytes > limit_) {
    sum.bytes = remove_oldest(items_in(folder_), limit_);
    sum.counted = now;
  } else if (!sum.is_long) {
    return;
  }
  write_sum(file.get(), path, list->size(), sum);
}

}  // namespace slim::cache
