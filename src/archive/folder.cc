#include "archive/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "archive/entry_names.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::archive {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

tl::unexpected<Error> failed(std::string_view path) {
  return tl::unexpected<Error>(system_error("entry '" + std::string(path) + "'"));
}

// The folder at `path` below root, component by component; "" is the root itself.
Result<Descriptor> open_folder(int root, std::string_view path) {
  Descriptor folder(openat(root, ".", kFolderFlags));
  for (std::size_t begin = 0; folder && begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string component(path.substr(begin, end - begin));
    folder = Descriptor(openat(folder.get(), component.c_str(), kFolderFlags));
    begin = end + 1;
  }
  if (!folder) return failed(path);
  return folder;
}

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

Result<std::vector<std::string>> names_in(int root, const std::string& path) {
  TRY(Descriptor descriptor, open_folder(root, path));
  const std::unique_ptr<DIR, CloseFolder> folder(fdopendir(descriptor.get()));
  if (!folder) return failed(path);
  descriptor.release();
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* item = readdir(folder.get());
    if (item == nullptr) break;
    const std::string_view name = item->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return failed(path);
  return names;
}

Result<std::string> read_link(int folder, const std::string& name, const std::string& path) {
  std::string target(4096, '\0');
  const ssize_t length = readlinkat(folder, name.c_str(), target.data(), target.size());
  if (length < 0) return failed(path);
  target.resize(static_cast<std::size_t>(length));
  CHECK_OK(check_symlink_target(path, target));
  return target;
}

Result<Entry> entry_at(int folder, const std::string& name, const std::string& path) {
  struct stat status;
  if (fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return failed(path);
  Entry entry;
  TRY(entry.path, path_from_name(path));
  entry.mode = status.st_mode & 07777;
  entry.mtime = status.st_mtim.tv_sec;
  if (S_ISDIR(status.st_mode)) {
    entry.type = EntryType::directory;
  } else if (S_ISLNK(status.st_mode)) {
    entry.type = EntryType::symlink;
    TRY(entry.target, read_link(folder, name, path));
    entry.size = entry.target.size();
  } else if (S_ISREG(status.st_mode)) {
    entry.size = static_cast<std::uint64_t>(status.st_size);
  } else {
    return fail(quoted(path) + " is a device, pipe or socket: remove it from the folder");
  }
  entry.packed = entry.size;
  return entry;
}

class FolderSource : public ContentSource {
 public:
  explicit FolderSource(Descriptor root) : root_(std::move(root)) {}
  int root() const { return root_.get(); }
  void set_entries(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) files_.emplace_back(entry.path, entry.size);
  }

  Result<Bytes> load(std::size_t index) const override {
    const auto& [path, size] = files_.at(index);
    TRY(const Descriptor folder, open_parent(root_.get(), path));
    const Descriptor file(openat(folder.get(), std::string(base_name(path)).c_str(),
                                 O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file) return failed(path);
    struct stat status;
    if (fstat(file.get(), &status) != 0) return failed(path);
    if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) != size) {
      return fail(quoted(path) + " has changed while it was being read: run again when nothing writes to it");
    }
    try {
      auto bytes = read_exactly_at(file.get(), 0, size);
      if (!bytes) return tl::unexpected<Error>(at(quoted(path), std::move(bytes.error())));
      return bytes;
    } catch (const std::bad_alloc&) {
      return fail(format("{} of {} bytes doesn't fit into memory", quoted(path), size));
    }
  }

 private:
  Descriptor root_;
  std::vector<std::pair<std::string, std::uint64_t>> files_;
};

}  // namespace

Result<Descriptor> open_parent(int root, std::string_view path) { return open_folder(root, parent_of(path)); }

Result<Contents> read_folder(const std::string& path) {
  // What the user names may be a symlink to the folder; symlinks inside of it are never followed.
  Descriptor root(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root) return tl::unexpected<Error>(system_error("open"));
  auto source = std::make_shared<FolderSource>(std::move(root));
  Contents contents;
  contents.format = ContainerFormat::folder;
  std::vector<std::string> folders{""};  // still to be listed
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    TRY(const std::vector<std::string> names, names_in(source->root(), folder));
    TRY(const Descriptor opened, open_folder(source->root(), folder));
    for (const std::string& name : names) {
      const std::string below = folder.empty() ? name : folder + "/" + name;
      TRY(Entry entry, entry_at(opened.get(), name, below));
      if (entry.type == EntryType::directory) folders.push_back(below);
      contents.container_bytes += entry.size;
      contents.entries.push_back(std::move(entry));
    }
  }
  CHECK_OK(sort_and_check(contents.entries));
  source->set_entries(contents.entries);
  contents.source = std::move(source);
  return contents;
}

Status write_file(int root, const std::string& path, ByteView bytes, std::uint32_t mode) {
  TRY(const Descriptor folder, open_parent(root, path));
  const Descriptor file(openat(folder.get(), std::string(base_name(path)).c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return failed(path);
  auto written = write_all(file.get(), bytes);
  if (!written) return tl::unexpected<Error>(at(quoted(path), std::move(written.error())));
  if (fchmod(file.get(), static_cast<mode_t>(mode)) != 0) return failed(path);
  return {};
}

Status write_symlink(int root, const std::string& path, const std::string& target) {
  TRY(const Descriptor folder, open_parent(root, path));
  if (symlinkat(target.c_str(), folder.get(), std::string(base_name(path)).c_str()) != 0) return failed(path);
  return {};
}

Status write_folder(int root, const std::string& path) {
  TRY(const Descriptor folder, open_parent(root, path));
  if (mkdirat(folder.get(), std::string(base_name(path)).c_str(), 0700) != 0) return failed(path);
  return {};
}

Status set_folder_mode(int root, const std::string& path, std::uint32_t mode) {
  TRY(const Descriptor folder, open_folder(root, path));
  if (fchmod(folder.get(), static_cast<mode_t>(mode)) != 0) return failed(path);
  return {};
}

Status set_time(int root, const std::string& path, std::optional<std::int64_t> mtime) {
  if (!mtime) return {};
  TRY(const Descriptor folder, open_parent(root, path));
  const timespec time{.tv_sec = *mtime, .tv_nsec = 0};
  const timespec both[2] = {time, time};
  if (utimensat(folder.get(), std::string(base_name(path)).c_str(), both, AT_SYMLINK_NOFOLLOW) != 0) {
    return failed(path);
  }
  return {};
}

Status check_replaceable(int staged, int root, const std::string& path) {
  const std::string name(base_name(path));
  TRY(const Descriptor from, open_parent(staged, path));
  TRY(const Descriptor to, open_parent(root, path));
  struct stat old;
  struct stat fresh;
  if (fstatat(to.get(), name.c_str(), &old, AT_SYMLINK_NOFOLLOW) != 0) return failed(path);
  if (fstatat(from.get(), name.c_str(), &fresh, AT_SYMLINK_NOFOLLOW) != 0) return failed(path);
  if (old.st_dev != fresh.st_dev) {
    return fail(quoted(path) + " lies on another file system than the folder: slim them one by one");
  }
  if (old.st_uid == fresh.st_uid && old.st_gid == fresh.st_gid) return {};
  if (fchownat(from.get(), name.c_str(), old.st_uid, old.st_gid, AT_SYMLINK_NOFOLLOW) != 0)
    return failed(path);
  // Changing the owner clears the set-user-ID bits.
  if (S_ISREG(fresh.st_mode) && fchmodat(from.get(), name.c_str(), fresh.st_mode & 07777, 0) != 0) {
    return failed(path);
  }
  return {};
}

Status move_entry(int staged, int root, const std::string& path) {
  const std::string name(base_name(path));
  TRY(const Descriptor from, open_parent(staged, path));
  TRY(const Descriptor to, open_parent(root, path));
  if (renameat(from.get(), name.c_str(), to.get(), name.c_str()) != 0) return failed(path);
  return {};
}

Status remove_entry(int root, const std::string& path, bool folder) {
  TRY(const Descriptor parent, open_parent(root, path));
  const int flags = folder ? AT_REMOVEDIR : 0;
  if (unlinkat(parent.get(), std::string(base_name(path)).c_str(), flags) != 0 && errno != ENOENT) {
    return failed(path);
  }
  return {};
}

}  // namespace slim::archive
