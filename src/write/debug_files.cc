#include "write/debug_files.h"

#include <filesystem>
#include <set>

#include "elf/debug_file.h"
#include "util/file.h"
#include "util/format.h"

namespace slim {
namespace {

Status write_one(const Bytes& original, const std::string& path) {
  TRY(const elf::Image image, elf::read_image(original));
  TRY(const Bytes debug, elf::debug_file(image));
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
  if (failed) return fail(format("its folder can't be made: {}", failed.message()));
  TRY(AtomicFile file, AtomicFile::create(path));
  CHECK_OK(file.write(debug));
  return file.commit();
}

}  // namespace

Status write_debug_files(const Package& package, const Inspection& inspection, const Plan& plan,
                         const Options& options) {
  if (options.debug_dir.empty()) return {};
  std::set<std::string> written;  // one library under several names has one debug file
  for (std::size_t i = 0; i < plan.actions.size(); ++i) {
    const std::optional<elf::Facts>& facts = inspection.files[i].elf;
    if (plan.actions[i].verb != Verb::strip || !facts) continue;
    std::string name = elf::debug_file_path(facts->build_id);
    if (name.empty()) name = package.entries[i].path + ".debug";
    if (!written.insert(name).second) continue;
    TRY(const Bytes original, package.load(i));
    Status done = write_one(original, options.debug_dir + "/" + name);
    if (!done) {
      return tl::unexpected(at(format("--debug-dir {}: {}", printable(options.debug_dir), printable(name)),
                               std::move(done.error())));
    }
  }
  return {};
}

}  // namespace slim
