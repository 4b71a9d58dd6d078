#include "trial/held_package.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <ranges>
#include <system_error>
#include <vector>

#include "archive/folder.h"
#include "pack/unpack.h"
#include "util/file.h"
#include "util/format.h"

namespace slim {
namespace {

namespace fs = std::filesystem;

// Of every file what any change alters: its number, size and time of change.
Hash128 state_of(const std::string& folder) {
  std::vector<std::string> lines;
  std::error_code error;
  for (fs::recursive_directory_iterator item(folder, error), end; !error && item != end;
       item.increment(error)) {
    struct stat status{};
    if (lstat(item->path().c_str(), &status) != 0) continue;
    lines.push_back(format("{} {} {} {} {}\n", item->path().string(), status.st_ino, status.st_size,
                           status.st_ctim.tv_sec, status.st_ctim.tv_nsec));
  }
  std::ranges::sort(lines);
  std::string all;
  for (const std::string& line : lines) all += line;
  return hash_bytes(as_bytes(all));
}

}  // namespace

Status HeldPackage::hold(const Package& package) {
  Files files;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const Entry& entry = package.entries[i];
    if (entry.type != EntryType::directory) files[entry.path] = {origin_of(package, i), entry.type};
  }
  const bool is_as_written = is_whole_ && state_ == state_of(folder_);
  if (is_as_written && files == files_) return {};
  std::set<std::string> folders = folders_of(package);
  is_whole_ = false;
  CHECK_OK(is_as_written ? change_to(package, files, folders) : unpack_all(package));
  files_ = std::move(files);
  folders_ = std::move(folders);
  state_ = state_of(folder_);
  is_whole_ = true;
  return {};
}

Status HeldPackage::unpack_all(const Package& package) {
  CHECK_OK(make_empty_folder(folder_));
  return unpack_into(folder_, package, threads_);
}

Status HeldPackage::change_to(const Package& package, const Files& files,
                              const std::set<std::string>& folders) const {
  const Descriptor root(open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root) return tl::unexpected(system_error(folder_));
  const auto has = [](const Files& all, const std::string& path, const Held& held) {
    const auto found = all.find(path);
    return found != all.end() && found->second == held;
  };
  for (const auto& [path, held] : files_) {
    if (!has(files, path, held)) CHECK_OK(archive::remove_entry(root.get(), path, false));
  }
  for (const std::string& path : folders_ | std::views::reverse) {  // what lies deeper comes first
    if (!folders.contains(path)) CHECK_OK(archive::remove_entry(root.get(), path, true));
  }
  for (const std::string& path : folders) {
    if (!folders_.contains(path)) CHECK_OK(archive::write_folder(root.get(), path));
  }
  std::vector<std::size_t> entries;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const auto wanted = files.find(package.entries[i].path);
    if (wanted != files.end() && !has(files_, wanted->first, wanted->second)) entries.push_back(i);
  }
  return unpack_entries(package, entries, root.get(), threads_);
}

}  // namespace slim
