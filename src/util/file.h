// Files on disk: reading whole, and outputs that appear whole or not at all.
#pragma once

#include <string>

#include "util/bytes.h"
#include "util/result.h"

namespace slim {

// Reads a whole file. Errors name the path and the system's reason.
Result<Bytes> read_file(const std::string& path);

// An output that exists under its own name only after commit(): bytes go to "<target>.slim-XXXXXX" beside the
// target; commit() syncs, renames and syncs the folder. Destroyed uncommitted, or on SIGINT/SIGTERM/SIGHUP,
// the temporary file is removed. mode 0666 less the umask.
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
  TemporaryPath(TemporaryPath&& other) noexcept;
  TemporaryPath& operator=(TemporaryPath&&) = delete;
  ~TemporaryPath();
  const std::string& path() const { return path_; }
  void keep();  // it has been renamed into place: nothing is left to remove

 private:
  std::string path_;
};

// From now on SIGINT, SIGTERM and SIGHUP remove what is registered above and end the program with 128 +
// signal.
void remove_temporaries_on_signals();

}  // namespace slim
