#include "pack/unpack.h"

#include <fcntl.h>

#include <filesystem>
#include <system_error>

#include "archive/folder.h"
#include "parallel/parallel.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

Status unpack_entry(const Package& package, std::size_t i, int root) {
  const Entry& entry = package.entries[i];
  if (entry.type == EntryType::symlink) return archive::write_symlink(root, entry.path, entry.target);
  TRY(const Bytes bytes, package.load(i));
  return archive::write_file(root, entry.path, bytes, entry.mode | 0600);
}

}  // namespace

Result<TemporaryPath> trial_folder() { return scratch_subfolder("trial"); }

std::set<std::string> folders_of(const Package& package) {
  std::set<std::string> folders;  // sorted: parents come first
  for (const Entry& entry : package.entries) {
    if (entry.type == EntryType::directory) folders.insert(entry.path);
    for (std::string_view parent = parent_of(entry.path); !parent.empty(); parent = parent_of(parent)) {
      if (!folders.emplace(parent).second) break;
    }
  }
  return folders;
}

Status make_empty_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  if (!error) std::filesystem::create_directory(folder, error);
  if (error) return fail(format("{}: {}", printable(folder), error.message()));
  return {};
}

Status unpack_entries(const Package& package, const std::vector<std::size_t>& entries, int root,
                      unsigned threads) {
  std::vector<Status> outcomes(entries.size());
  parallel_for(entries.size(), threads,
               [&](std::size_t k) { outcomes[k] = unpack_entry(package, entries[k], root); });
  for (std::size_t k = 0; k < outcomes.size(); ++k) {
    if (!outcomes[k])
      return tl::unexpected(at(printable(package.entries[entries[k]].path), std::move(outcomes[k].error())));
  }
  return {};
}

Status unpack_into(const std::string& folder, const Package& package, unsigned threads) {
  const Descriptor root(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root) return tl::unexpected(system_error(folder));
  for (const std::string& path : folders_of(package)) CHECK_OK(archive::write_folder(root.get(), path));
  std::vector<std::size_t> entries;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    if (package.entries[i].type != EntryType::directory) entries.push_back(i);
  }
  return unpack_entries(package, entries, root.get(), threads);
}

Result<TemporaryPath> unpack(const Package& package, unsigned threads) {
  TRY(TemporaryPath folder, trial_folder());
  CHECK_OK(unpack_into(folder.path(), package, threads));
  return folder;
}

}  // namespace slim
