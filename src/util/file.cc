// Outputs that appear whole or not at all, and nothing left behind by an interrupted run.
//
// Every temporary path is in one registry. Signals are taken by a thread of their own (sigwait), not by a
// handler: removing a folder needs functions that a handler may not call. That thread holds the registry's
// lock until the process is gone, so a commit either came first, or never happens.
#include "util/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>

#include "util/format.h"

namespace slim {
namespace {

struct Registry {
  std::mutex mutex;
  std::set<std::string> paths;
  std::set<int> process_groups;
};

// Never destroyed: the signal thread may need it while the program's statics are being torn down.
Registry& registry() {
  static auto* the_registry = new Registry;
  return *the_registry;
}

// With the registry locked. Other threads may still be adding files, so it may take some rounds.
void remove_tree(const std::string& path) {
  for (int round = 0; round < 1000; ++round) {
    std::error_code error;
    std::filesystem::remove_all(path, error);
    struct stat status;
    if (lstat(path.c_str(), &status) != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void remove_registered() {
  for (const std::string& path : registry().paths) remove_tree(path);
}

void end_registered_groups() {
  for (const int group : registry().process_groups) kill(-group, SIGKILL);
}

void remember(const std::string& path) {
  const std::lock_guard lock(registry().mutex);
  registry().paths.insert(path);
}

void remove_now(const std::string& path) {
  const std::lock_guard lock(registry().mutex);
  registry().paths.erase(path);
  remove_tree(path);
}

Status rename_registered(const std::string& from, const std::string& to) {
  const std::lock_guard lock(registry().mutex);
  if (rename(from.c_str(), to.c_str()) != 0) return tl::unexpected<Error>(system_error("rename to " + to));
  registry().paths.erase(from);
  return {};
}

// Six characters that no other run of the program has at the same time; the caller checks by O_EXCL.
std::string random_suffix() {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  unsigned char noise[6] = {};
  if (getrandom(noise, sizeof noise, GRND_NONBLOCK) < 0) noise[0] = static_cast<unsigned char>(getpid());
  std::string suffix;
  for (const unsigned char byte : noise) suffix += letters[byte % letters.size()];
  return suffix;
}

// Tries names until make(name) succeeds or fails for another reason than that the name is taken.
template <typename Make>
Result<std::string> make_registered(const std::string& beside, Make make) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::string name = beside + ".slim-" + random_suffix();
    const std::lock_guard lock(registry().mutex);
    if (make(name)) {
      registry().paths.insert(name);
      return name;
    }
    if (errno != EEXIST) break;
  }
  if (errno == ENOENT) {
    return fail(format("{}: the folder for it doesn't exist: make it first", printable(beside)));
  }
  return tl::unexpected<Error>(system_error("create " + beside));
}

[[noreturn]] void end_by(int signal_number) {
  signal(signal_number, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
  raise(signal_number);
  _exit(128 + signal_number);
}

}  // namespace

Error system_error(const std::string& what) {
  const int number = errno;
  return Error{format("{}: {}", printable(what), std::generic_category().message(number))};
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (number_ >= 0) close(number_);
    number_ = other.release();
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

int Descriptor::release() {
  const int number = number_;
  number_ = -1;
  return number;
}

Result<Bytes> read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return tl::unexpected<Error>(system_error(path));
  struct stat status;
  if (fstat(file.get(), &status) != 0) return tl::unexpected<Error>(system_error(path));
  Bytes bytes;
  if (S_ISREG(status.st_mode)) bytes.reserve(static_cast<std::size_t>(status.st_size));
  std::uint8_t part[65536];
  for (;;) {
    const ssize_t got = read(file.get(), part, sizeof part);
    if (got == 0) return bytes;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected<Error>(system_error(path));
    bytes.insert(bytes.end(), part, part + got);
  }
}

Status write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return tl::unexpected<Error>(system_error("write"));
    bytes = bytes.subspan(static_cast<std::size_t>(done));
  }
  return {};
}

Status write_all_at(int descriptor, ByteView bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t done = pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return tl::unexpected<Error>(system_error("write"));
    bytes = bytes.subspan(static_cast<std::size_t>(done));
    offset += static_cast<std::uint64_t>(done);
  }
  return {};
}

// What can't be begun early is no error: the sync at the end counts.
void start_writeback(int descriptor, std::uint64_t offset, std::uint64_t size) {
  sync_file_range(descriptor, static_cast<off64_t>(offset), static_cast<off64_t>(size),
                  SYNC_FILE_RANGE_WRITE);
}

Result<Bytes> read_exactly_at(int descriptor, std::uint64_t offset, std::uint64_t size) {
  Bytes bytes(size);
  std::size_t at = 0;
  while (at < size) {
    const ssize_t got = pread(descriptor, bytes.data() + at, size - at, static_cast<off_t>(offset + at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected<Error>(system_error("read"));
    if (got == 0)
      return fail(format("the file ends at offset {}, before the {} bytes at offset {}: it is cut short",
                         offset + at, size, offset));
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

AtomicFile::AtomicFile(std::string target, std::string temporary, int descriptor)
    : target_(std::move(target)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(other.descriptor_) {
  other.temporary_.clear();
  other.descriptor_ = -1;
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) remove_now(temporary_);
}

Result<AtomicFile> AtomicFile::create(const std::string& target) {
  std::string real = target;
  struct stat status;
  if (stat(target.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) {
      return fail(format("{} is a folder: name the file to write", printable(target)));
    }
    if (!S_ISREG(status.st_mode)) {
      return fail(format("{} is no regular file: name a file to write", printable(target)));
    }
    char* resolved = realpath(target.c_str(), nullptr);
    if (resolved != nullptr) real = resolved;
    free(resolved);
  }
  int descriptor = -1;
  TRY(std::string temporary, make_registered(real, [&](const std::string& name) {
        descriptor = open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        return descriptor >= 0;
      }));
  return AtomicFile(std::move(real), std::move(temporary), descriptor);
}

Status AtomicFile::write(ByteView bytes) {
  auto done = write_all(descriptor_, bytes);
  if (!done) return tl::unexpected<Error>(at(printable(target_), done.error()));
  return {};
}

Status AtomicFile::commit() {
  if (fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) {
    return tl::unexpected<Error>(system_error("sync " + temporary_));
  }
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (close(descriptor) != 0) return tl::unexpected<Error>(system_error("close " + temporary_));
  CHECK_OK(rename_registered(temporary_, target_));
  temporary_.clear();
  sync_parent(target_);
  return {};
}

TemporaryPath::TemporaryPath(std::string path) : path_(std::move(path)) { remember(path_); }

Result<TemporaryPath> TemporaryPath::create_folder(const std::string& beside, unsigned mode) {
  TRY(std::string name, make_registered(beside, [mode](const std::string& candidate) {
        return mkdir(candidate.c_str(), static_cast<mode_t>(mode)) == 0;
      }));
  return TemporaryPath(std::move(name));
}

TemporaryPath::TemporaryPath(TemporaryPath&& other) noexcept : path_(std::move(other.path_)) {
  other.path_.clear();
}

TemporaryPath::~TemporaryPath() {
  if (!path_.empty()) remove_now(path_);
}

Status TemporaryPath::rename_to(const std::string& target) {
  CHECK_OK(rename_registered(path_, target));
  path_.clear();
  sync_parent(target);
  return {};
}

std::string scratch_folder() {
  const char* chosen = getenv("TMPDIR");
  return chosen != nullptr && *chosen != '\0' ? chosen : "/tmp";
}

Result<TemporaryPath> scratch_subfolder(const std::string& name) {
  auto folder = TemporaryPath::create_folder(scratch_folder() + "/" + name, 0700);
  if (folder) return folder;
  return fail(
      format("no temporary folder can be made in {}: set TMPDIR to a writable folder", scratch_folder()));
}

Status write_to_stdout(int descriptor) {
  signal(SIGPIPE, SIG_IGN);  // a reader that goes away is an error to tell of, and temporary files go as ever
  Bytes part(std::size_t{1} << 20);
  for (off_t offset = 0;;) {
    const ssize_t got = pread(descriptor, part.data(), part.size(), offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected<Error>(system_error("read"));
    if (got == 0) return {};
    if (auto done = write_all(STDOUT_FILENO, ByteView(part).first(static_cast<std::size_t>(got))); !done)
      return tl::unexpected(at("standard output", std::move(done.error())));
    offset += got;
  }
}

Result<Descriptor> scratch_file() {
  const char* chosen = getenv("TMPDIR");
  for (const std::string& folder :
       {std::string(chosen != nullptr ? chosen : "/tmp"), std::string("/var/tmp")}) {
    if (folder.empty()) continue;
    Descriptor file(open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file) return file;
    std::string name = folder + "/slim-XXXXXX";  // where the file system has no O_TMPFILE
    file = Descriptor(mkostemp(name.data(), O_CLOEXEC));
    if (file) {
      unlink(name.c_str());
      return file;
    }
  }
  return tl::unexpected<Error>(
      system_error("no temporary file can be made; set TMPDIR to a writable folder"));
}

int start_group(const std::function<int()>& start) {
  const std::lock_guard lock(registry().mutex);
  const int group = start();
  if (group > 0) registry().process_groups.insert(group);
  return group;
}

void forget_group(int group) {
  const std::lock_guard lock(registry().mutex);
  registry().process_groups.erase(group);
}

void sync_parent(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const Descriptor folder(open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder) fsync(folder.get());
}

void remove_temporaries_on_signals() {
  sigset_t taken;
  sigemptyset(&taken);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction now;
    if (sigaction(number, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(&taken, number);
  }
  pthread_sigmask(SIG_BLOCK, &taken, nullptr);
  try {
    std::thread([taken] {
      int number = 0;
      while (sigwait(&taken, &number) != 0) {
      }
      registry().mutex.lock();  // for good: nothing may be made or renamed any more
      end_registered_groups();
      remove_registered();
      end_by(number);
    }).detach();
  } catch (const std::system_error&) {
    pthread_sigmask(SIG_UNBLOCK, &taken, nullptr);  // no thread to be had: signals end the program at once
  }
}

}  // namespace slim
