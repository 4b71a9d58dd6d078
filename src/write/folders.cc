// Folder outputs: a new folder, or the one that was read.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <set>

#include "archive/folder.h"
#include "parallel/parallel.h"
#include "util/format.h"
#include "util/path.h"
#include "write/outputs.h"

namespace slim {
namespace {

std::string real_path(const std::string& path) {
  char* resolved = realpath(path.c_str(), nullptr);
  std::string real = resolved == nullptr ? path : resolved;
  free(resolved);
  return real;
}

Result<Descriptor> open_root(const std::string& path) {
  Descriptor root(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root) return tl::unexpected<Error>(system_error(path));
  return root;
}

// Writes files and links of the table below root, in parallel, the largest first. Parents must be there.
Status write_items(int root, const Plan& plan, const std::vector<OutputEntry>& table,
                   const OutputBytes& output_bytes, unsigned threads) {
  const std::vector<std::size_t> order = largest_first(table, true);
  std::mutex mutex;
  std::optional<std::pair<std::size_t, Error>> failure;  // of the first item in the table's order
  std::atomic<bool> failed{false};
  const auto write_one = [&](std::size_t i) -> Status {
    const OutputEntry& item = table[i];
    if (item.entry.type == EntryType::symlink) {
      CHECK_OK(archive::write_symlink(root, item.entry.path, item.entry.target));
    } else {
      TRY(const Bytes bytes, bytes_of(plan, item, output_bytes));
      CHECK_OK(archive::write_file(root, item.entry.path, bytes, item.entry.mode));
    }
    return archive::set_time(root, item.entry.path, item.entry.mtime);
  };
  parallel_for(order, threads, [&](std::size_t i) {
    if (failed.load(std::memory_order_relaxed)) return;
    auto done = write_one(i);
    if (done) return;
    const std::lock_guard lock(mutex);
    if (!failure || i < failure->first) failure.emplace(i, std::move(done.error()));
    failed.store(true, std::memory_order_relaxed);
  });
  if (failure) return tl::unexpected<Error>(std::move(failure->second));
  return {};
}

void note_all(Written& written, const std::vector<OutputEntry>& table) {
  for (const OutputEntry& item : table) {
    note_packed(written, item, item.entry.size);
    written.container_bytes += item.entry.size;
  }
}

// ---- a new folder ----

class PendingFolder : public PendingOutput {
 public:
  PendingFolder(TemporaryPath folder, std::string target)
      : folder_(std::move(folder)), target_(std::move(target)) {}
  const std::string& temporary_path() const override { return folder_.path(); }
  Status commit() override {
    TRY(const Descriptor root, open_root(folder_.path()));
    if (syncfs(root.get()) != 0) return tl::unexpected<Error>(system_error("sync " + folder_.path()));
    return folder_.rename_to(target_);
  }

 private:
  TemporaryPath folder_;
  std::string target_;
};

Status check_free(const std::string& target) {
  struct stat status;
  if (lstat(target.c_str(), &status) != 0) return {};
  if (!S_ISDIR(status.st_mode))
    return fail(format("{} is there already and is no folder", printable(target)));
  auto present = archive::read_folder(target);
  if (present && present->entries.empty()) return {};
  return fail(
      format("{} is there already and isn't empty: remove it or name another folder", printable(target)));
}

// ---- in place ----

struct InPlaceChange {
  std::vector<OutputEntry> written;      // staged, to be renamed into place
  std::vector<std::string> removed;      // files and links
  std::vector<std::string> emptied;      // folders that hold nothing any more, the deepest first
  std::vector<std::string> new_parents;  // for additions, the highest first
};

class PendingChange : public PendingOutput {
 public:
  PendingChange(TemporaryPath staging, Descriptor staged, Descriptor root, InPlaceChange change)
      : staging_(std::move(staging)),
        staged_(std::move(staged)),
        root_(std::move(root)),
        change_(std::move(change)) {}
  const std::string& temporary_path() const override { return staging_.path(); }

  Status commit() override {
    if (syncfs(staged_.get()) != 0) return tl::unexpected<Error>(system_error("sync " + staging_.path()));
    for (const std::string& path : change_.new_parents) {
      CHECK_OK(archive::write_folder(root_.get(), path));
      CHECK_OK(archive::set_folder_mode(root_.get(), path, 0755));
    }
    for (const OutputEntry& item : change_.written) {
      CHECK_OK(archive::move_entry(staged_.get(), root_.get(), item.entry.path));
    }
    for (const std::string& path : change_.removed) CHECK_OK(archive::remove_entry(root_.get(), path, false));
    for (const std::string& path : change_.emptied) CHECK_OK(archive::remove_entry(root_.get(), path, true));
    syncfs(root_.get());
    return {};
  }

 private:
  TemporaryPath staging_;
  Descriptor staged_;
  Descriptor root_;
  InPlaceChange change_;
};

InPlaceChange changes_of(const Package& package, const Plan& plan, const std::vector<OutputEntry>& table) {
  InPlaceChange change;
  std::set<std::string_view> stay;
  for (const OutputEntry& item : table) {
    stay.insert(item.entry.path);
    if (item.origin == OutputEntry::Origin::parent) change.new_parents.push_back(item.entry.path);
    if (item.entry.type == EntryType::directory) continue;
    if (item.origin == OutputEntry::Origin::entry && plan.actions[item.index].verb == Verb::keep) continue;
    change.written.push_back(item);
  }
  for (const Entry& entry : package.entries) {
    if (stay.contains(entry.path)) continue;
    (entry.type == EntryType::directory ? change.emptied : change.removed).push_back(entry.path);
  }
  std::reverse(change.emptied.begin(), change.emptied.end());  // sorted paths: children come after parents
  return change;
}

// Beside the folder where that is the same file system, so that renames work; else inside of it.
Result<TemporaryPath> make_staging(const std::string& root, const struct stat& root_status) {
  auto beside = TemporaryPath::create_folder(root, 0700);
  struct stat status;
  if (beside && stat(beside->path().c_str(), &status) == 0 && status.st_dev == root_status.st_dev) {
    return beside;
  }
  return TemporaryPath::create_folder(root + "/", 0700);
}

Status make_parents(int staged, const std::vector<OutputEntry>& written) {
  std::set<std::string> parents;  // sorted: parents before children
  for (const OutputEntry& item : written) {
    for (std::string_view path = parent_of(item.entry.path); !path.empty(); path = parent_of(path)) {
      parents.emplace(path);
    }
  }
  for (const std::string& path : parents) CHECK_OK(archive::write_folder(staged, path));
  return {};
}

}  // namespace

Result<WriteResult> write_new_folder(const Package& package, const Plan& plan, const Options& options,
                                     const OutputBytes& output_bytes) {
  const std::string target = real_path(options.output);
  CHECK_OK(check_free(target));
  const std::vector<OutputEntry> table = output_table(package, plan, ContainerFormat::folder);
  TRY(TemporaryPath folder, TemporaryPath::create_folder(target, 0777));
  TRY(const Descriptor root, open_root(folder.path()));
  for (const OutputEntry& item : table) {  // sorted: parents before children
    if (item.entry.type == EntryType::directory) CHECK_OK(archive::write_folder(root.get(), item.entry.path));
  }
  CHECK_OK(write_items(root.get(), plan, table, output_bytes, options.threads));
  for (auto item = table.rbegin(); item != table.rend(); ++item) {
    if (item->entry.type != EntryType::directory) continue;
    CHECK_OK(archive::set_time(root.get(), item->entry.path, item->entry.mtime));
    CHECK_OK(archive::set_folder_mode(root.get(), item->entry.path, item->entry.mode));
  }
  Written written = nothing_written(package, plan, options);
  note_all(written, table);
  return WriteResult{.pending = std::make_unique<PendingFolder>(std::move(folder), target),
                     .written = std::move(written)};
}

Result<WriteResult> write_in_place(const Package& package, const Plan& plan, const Options& options,
                                   const OutputBytes& output_bytes) {
  const std::string path = real_path(package.path);
  const std::vector<OutputEntry> table = output_table(package, plan, ContainerFormat::folder);
  InPlaceChange change = changes_of(package, plan, table);
  TRY(Descriptor root, open_root(path));
  struct stat status;
  if (fstat(root.get(), &status) != 0) return tl::unexpected<Error>(system_error(path));
  TRY(TemporaryPath staging, make_staging(path, status));
  TRY(Descriptor staged, open_root(staging.path()));
  CHECK_OK(make_parents(staged.get(), change.written));
  CHECK_OK(write_items(staged.get(), plan, change.written, output_bytes, options.threads));
  for (const OutputEntry& item : change.written) {
    if (item.origin == OutputEntry::Origin::addition) continue;
    CHECK_OK(archive::check_replaceable(staged.get(), root.get(), item.entry.path));
  }
  Written written = nothing_written(package, plan, options);
  note_all(written, table);
  return WriteResult{.pending = std::make_unique<PendingChange>(std::move(staging), std::move(staged),
                                                                std::move(root), std::move(change)),
                     .written = std::move(written)};
}

}  // namespace slim
