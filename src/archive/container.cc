#include "archive/container.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "archive/folder.h"
#include "archive/tar.h"
#include "archive/zip.h"
#include "util/file.h"
#include "util/format.h"

namespace slim::archive {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kTarBlock = 512;

// gzip (RFC 1952), xz (its file format, 2.1.1.1), zstd (RFC 8878), or a tar header's checksummed block.
bool looks_like_tar(ByteView start) {
  const std::string_view text = as_text(start);
  for (const std::string_view magic : {"\x1f\x8b"sv, "\xfd\x37zXZ\0"sv, "\x28\xb5\x2f\xfd"sv}) {
    if (text.starts_with(magic)) return true;
  }
  if (start.size() < kTarBlock) return false;
  // The oldest tars have no magic: the header's checksum, in octal at 148, is their only mark.
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kTarBlock; ++i) sum += i >= 148 && i < 156 ? ' ' : start[i];
  std::uint64_t stated = 0;
  for (std::size_t i = 148; i < 156; ++i) {
    if (start[i] >= '0' && start[i] <= '7') stated = stated * 8 + (start[i] - std::uint64_t{'0'});
  }
  const bool all_zero = sum == 8 * ' ';  // an empty tar is two blocks of zeros
  return sum == stated || all_zero;
}

Result<Contents> open_file(Descriptor file, std::uint64_t size, Backslashes backslashes) {
  TRY(const Bytes start, read_exactly_at(file.get(), 0, std::min(size, kTarBlock)));
  if (looks_like_tar(start)) return read_tar(std::move(file));
  return read_zip(std::move(file), backslashes == Backslashes::taken_as_slashes);
}

// Copies all of standard input to a file. How much may come is limited by the disk alone, as for a named
// file.
Result<std::uint64_t> copy_input(int to) {
  Bytes part(std::size_t{1} << 20);
  std::uint64_t size = 0;
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected<Error>(system_error("read"));
    if (got == 0) return size;
    const auto bytes = static_cast<std::size_t>(got);
    if (auto written = write_all(to, ByteView(part).first(bytes)); !written)
      return tl::unexpected(at("the scratch file (set TMPDIR to a folder with more room)", written.error()));
    size += bytes;
  }
}

Result<Contents> open_input(Backslashes backslashes) {
  if (fcntl(STDIN_FILENO, F_GETFD) < 0)
    return fail("is closed: pipe a zip or tar into slim, or name a package");
  if (isatty(STDIN_FILENO) == 1) return fail("is a terminal: pipe a zip or tar into slim, or name a package");
  TRY(Descriptor file, scratch_file());
  TRY(const std::uint64_t size, copy_input(file.get()));
  if (size == 0) return fail("holds nothing: pipe a zip or tar into slim");
  if (lseek(file.get(), 0, SEEK_SET) != 0) return tl::unexpected<Error>(system_error("seek"));
  return open_file(std::move(file), size, backslashes);
}

Result<Contents> open_any(const std::string& path, Backslashes backslashes) {
  if (path == "-") return open_input(backslashes);
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return tl::unexpected<Error>(system_error("open"));
  if (S_ISDIR(status.st_mode)) return read_folder(path);
  if (!S_ISREG(status.st_mode)) return fail("this is neither a file nor a folder: name a zip, tar or folder");
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file || fstat(file.get(), &status) != 0) return tl::unexpected<Error>(system_error("open"));
  TRY(Contents contents, open_file(std::move(file), static_cast<std::uint64_t>(status.st_size), backslashes));
  contents.is_program = (status.st_mode & 0111) != 0;
  return contents;
}

}  // namespace

Result<Contents> open_container(const std::string& path, Backslashes backslashes) {
  try {
    auto contents = open_any(path, backslashes);
    if (!contents) {
      const std::string name = path == "-" ? "standard input" : printable(path);
      return tl::unexpected<Error>(at(name, std::move(contents.error())));
    }
    return contents;
  } catch (const std::bad_alloc&) {
    return fail(format("{}: its table doesn't fit into memory", printable(path)));
  }
}

}  // namespace slim::archive
