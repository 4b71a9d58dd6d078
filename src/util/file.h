// Files on disk: reading whole, and outputs that appear whole or not at all.
#pragma once

#include <functional>
#include <string>

#include "util/bytes.h"
#include "util/result.h"

namespace slim {

// Reads a whole file. Errors name the path and the system's reason.
Result<Bytes> read_file(const std::string& path);

// "open out.zip: No space left on device", from errno as it is now.
Error system_error(const std::string& what);

// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  int release();

 private:
  int number_;
};

// All of `bytes`, at `offset` or at the descriptor's position. Errors: what the system says.
Status write_all(int descriptor, ByteView bytes);
Status write_all_at(int descriptor, ByteView bytes, std::uint64_t offset);
// Has the system begin to bring that part of a file to the disk, so that a later sync waits for less.
void start_writeback(int descriptor, std::uint64_t offset, std::uint64_t size);
// Exactly `size` bytes. Errors: also an end of file before.
Result<Bytes> read_exactly_at(int descriptor, std::uint64_t offset, std::uint64_t size);

// An output that exists under its own name only after commit(): bytes go to "<target>.slim-XXXXXX" beside the
// target; commit() syncs, renames and syncs the folder. Destroyed uncommitted, or on SIGINT/SIGTERM/SIGHUP,
// the temporary file is removed. mode 0666 less the umask. A target that is a symlink to a file is written
// through; one that is a device or a folder is refused.
class AtomicFile {
 public:
  static Result<AtomicFile> create(const std::string& target);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  AtomicFile(const AtomicFile&) = delete;
  ~AtomicFile();

  int descriptor() const { return descriptor_; }
  const std::string& temporary_path() const { return temporary_; }
  Status write(ByteView bytes);
  Status commit();

 private:
  AtomicFile(std::string target, std::string temporary, int descriptor);
  std::string target_;
  std::string temporary_;
  int descriptor_ = -1;
};

// A path (file or folder) that is removed, recursively, when the object dies or a signal ends the program.
class TemporaryPath {
 public:
  explicit TemporaryPath(std::string path);
  // Makes the folder "<beside>.slim-XXXXXX", mode less the umask.
  static Result<TemporaryPath> create_folder(const std::string& beside, unsigned mode);
  TemporaryPath(TemporaryPath&& other) noexcept;
  TemporaryPath& operator=(TemporaryPath&&) = delete;
  ~TemporaryPath();
  const std::string& path() const { return path_; }
  // Renames it to `target` and owns it no more. One step, as far as signals go.
  Status rename_to(const std::string& target);

 private:
  std::string path_;
};

// Where scratch files go: $TMPDIR or /tmp.
std::string scratch_folder();
// A new folder there, for nobody else to look into.
Result<TemporaryPath> scratch_subfolder(const std::string& name);

// The whole file behind the descriptor, to standard output. Errors: also a reader that has gone away.
Status write_to_stdout(int descriptor);

// An unlinked file for scratch data, in $TMPDIR or /tmp (or /var/tmp): gone with its descriptor.
Result<Descriptor> scratch_file();

// Syncs the folder that holds `path`, so that a rename in it lasts. What can't be synced is no error.
void sync_parent(const std::string& path);

// start() starts a process group and gives its number, or one below 1. The group is ended as well when a
// signal ends this program, until it is forgotten; no signal can come between its start and that.
int start_group(const std::function<int()>& start);
void forget_group(int group);

// From now on SIGINT, SIGTERM and SIGHUP remove what is registered above and then end the program as they
// would have anyway. To be called once, by main's thread, before there is any other. Signals that the parent
// process had ignored (nohup) stay ignored.
void remove_temporaries_on_signals();

}  // namespace slim
