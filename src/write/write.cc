#include "write/write.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "util/format.h"
#include "write/outputs.h"

namespace slim {
namespace {

namespace fs = std::filesystem;

// The input stays as it is: an output may be neither the input nor something inside of it.
Status check_place(const Options& options) {
  std::error_code ignored;
  if (options.to_stdout() || options.input == "-") return {};
  if (fs::equivalent(options.input, options.output, ignored)) {
    return fail(format("{} is the input itself: name another output{}", printable(options.output),
                       fs::is_directory(options.input, ignored) ? ", or say --in-place" : ""));
  }
  if (!fs::is_directory(options.input, ignored)) return {};
  const fs::path input = fs::weakly_canonical(options.input, ignored);
  const fs::path output = fs::weakly_canonical(options.output, ignored);
  const fs::path inside = output.lexically_relative(input);
  if (!inside.empty() && *inside.begin() != "..") {
    return fail(format("{} lies inside the folder that is read: name a place outside of it",
                       printable(options.output)));
  }
  return {};
}

}  // namespace

Status check_output(const Options& options) {
  if (!options.to_stdout() || options.dry_run) return {};
  // Its number would go to the next file that is opened.
  if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
    return fail("-o -: standard output is closed: open it, or name a file");
  if (isatty(STDOUT_FILENO) == 0) return {};
  return fail("-o -: standard output is a terminal: send it to a program or a file, or name one");
}

Result<WriteResult> write_package(const Package& package, const Plan& plan, const Options& options,
                                  const OutputBytes& output_bytes, Packer& packer) {
  if (options.in_place) {
    if (package.format != ContainerFormat::folder) {
      return fail(
          format("{}: --in-place is for folders: name an output for this one", printable(package.path)));
    }
    return write_in_place(package, plan, options, output_bytes);
  }
  CHECK_OK(check_place(options));
  switch (options.output_format) {
    case ContainerFormat::zip:
      if (is_copied(package, plan, options.output_format)) return copy_zip_file(package, plan, options);
      return write_zip_file(package, plan, options, output_bytes, packer);
    case ContainerFormat::folder:
      return write_new_folder(package, plan, options, output_bytes);
    default:
      return write_tar_file(package, plan, options, output_bytes);
  }
}

Result<Bytes> bytes_of(const Plan& plan, const OutputEntry& item, const OutputBytes& output_bytes) {
  if (item.origin == OutputEntry::Origin::addition) return plan.additions[item.index].bytes;
  return output_bytes(item.index);
}

Written nothing_written(const Package& package, const Plan& plan, const Options& options) {
  return Written{.path = options.in_place ? package.path : options.output,
                 .format = options.in_place ? ContainerFormat::folder : options.output_format,
                 .container_bytes = 0,
                 .packed = std::vector<std::uint64_t>(package.entries.size()),
                 .packed_additions = std::vector<std::uint64_t>(plan.additions.size()),
                 .proofs = {},
                 .proof_additions = {}};
}

void note_packed(Written& written, const OutputEntry& item, std::uint64_t bytes) {
  if (item.origin == OutputEntry::Origin::entry) written.packed[item.index] = bytes;
  if (item.origin == OutputEntry::Origin::addition) written.packed_additions[item.index] = bytes;
}

}  // namespace slim
