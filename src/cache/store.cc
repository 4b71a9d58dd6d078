// The layout is that of ccache's and Go's build caches: <folder>/<2 hex digits>/<62 hex digits>, each file
// written under a temporary name and renamed, so that a reader sees all of it or nothing, whoever else writes
// or is killed. Before the value stand a magic number, the key and the value's hash: a file that was damaged
// or cut is thrown away. A file's date is that of its last use, within an hour.
//
// <folder>/size holds about how many bytes there are. Runs that end at the same time may each overlook what
// the other has added; a full count, once a day or when the limit is passed, sets it right.
#include "cache/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <vector>

#include "cache/record.h"
#include "hash/hash.h"
#include "util/file.h"
#include "util/format.h"

namespace slim::cache {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "slim.c1\n";
constexpr std::size_t kHeaderSize = 8 + 32 + 16;
constexpr std::time_t kHour = 3600;
constexpr std::time_t kDay = 24 * kHour;

Bytes header_of(const Sha256& key, ByteView value) {
  const Hash128 hash = hash_bytes(value);
  RecordWriter header;
  header.raw(as_bytes(kMagic));
  header.raw(key);
  header.number(hash.high);
  header.number(hash.low);
  return header.take();
}

struct Item {
  std::string path;
  std::uint64_t size = 0;
  std::int64_t used = 0;  // nanoseconds
};

// Also removes what killed runs have left.
std::vector<Item> items_in(const std::string& folder) {
  std::vector<Item> items;
  std::error_code ignored;
  const std::time_t now = std::time(nullptr);
  for (fs::recursive_directory_iterator it(folder, ignored), end; it != end; it.increment(ignored)) {
    struct stat status;
    if (it.depth() != 1 || lstat(it->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    if (it->path().filename().string().starts_with("tmp-")) {
      if (status.st_mtim.tv_sec < now - kHour) unlink(it->path().c_str());
      continue;
    }
    items.push_back({it->path().string(), static_cast<std::uint64_t>(status.st_size),
                     std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec});
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
    if (unlink(item.path.c_str()) == 0) size -= item.size;
  }
  return size;
}

struct SizeNote {
  std::uint64_t bytes = 0;
  bool is_old = true;
};

SizeNote read_size(const std::string& path) {
  SizeNote note;
  struct stat status;
  const Result<Bytes> text = read_file(path);
  if (!text || stat(path.c_str(), &status) != 0) return note;
  const std::string_view digits = as_text(*text);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), note.bytes);
  note.is_old = parsed.ec != std::errc() || status.st_mtim.tv_sec < std::time(nullptr) - kDay;
  return note;
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::string& folder, std::uint64_t limit) {
  std::error_code error;
  const bool is_new = fs::create_directories(folder, error);
  if (is_new) fs::permissions(folder, fs::perms::owner_all, error);
  if (!fs::is_directory(folder, error) || access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    return fail(format("the cache folder {} can't be used", printable(folder)));
  }
  return std::unique_ptr<Store>(new Store(folder, limit));
}

std::string Store::path_of(const Sha256& key) const {
  const std::string hex = to_hex(key);
  return folder_ + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

std::optional<Bytes> Store::get(const Sha256& key) const {
  const std::string path = path_of(key);
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat status;
  if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size >= kHeaderSize) {
    const Result<Bytes> header = read_exactly_at(file.get(), 0, kHeaderSize);
    Result<Bytes> value = read_exactly_at(file.get(), kHeaderSize, size - kHeaderSize);
    if (header && value && *header == header_of(key, *value)) {
      if (status.st_mtim.tv_sec < std::time(nullptr) - kHour) futimens(file.get(), nullptr);
      return std::move(*value);
    }
  }
  unlink(path.c_str());
  return std::nullopt;
}

void Store::put(const Sha256& key, ByteView value) {
  const std::string path = path_of(key);
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = next_temporary_++;
    added_ += value.size() + kHeaderSize;
  }
  const std::string shard = path.substr(0, path.rfind('/'));
  const std::string temporary = format("{}/tmp-{}-{}", shard, getpid(), number);
  const auto create = [&] {
    return Descriptor(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  };
  Descriptor file = create();
  if (!file) {
    mkdir(shard.c_str(), 0700);
    file = create();
  }
  if (!file) return;
  const bool written = write_all(file.get(), header_of(key, value)) && write_all(file.get(), value);
  if (!written || rename(temporary.c_str(), path.c_str()) != 0) unlink(temporary.c_str());
}

void Store::trim() {
  if (added_ == 0) return;
  const std::string path = folder_ + "/size";
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file || flock(file.get(), LOCK_EX | LOCK_NB) != 0) return;  // another run is at it
  const SizeNote noted = read_size(path);
  std::uint64_t size = noted.bytes + added_;
  if (noted.is_old || size > limit_) size = remove_oldest(items_in(folder_), limit_);
  const std::string text = format("{}\n", size);
  if (ftruncate(file.get(), 0) == 0)
    static_cast<void>(write_all_at(file.get(), as_bytes(text), 0).has_value());
}

}  // namespace slim::cache
