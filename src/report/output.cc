#include "report/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "util/file.h"

namespace slim {
namespace {

constexpr std::size_t kLeastWidth = 40;  // on less, lines run over

// COLUMNS, as ls and others take it, else the terminal's own; a pipe has any width.
std::size_t width_of(int descriptor) {
  if (const char* columns = std::getenv("COLUMNS")) {
    const std::string_view text = columns;
    std::size_t width = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
    if (error == std::errc{} && end == text.data() + text.size() && width > 0)
      return std::max(width, kLeastWidth);
  }
  winsize size{};
  if (isatty(descriptor) == 0 || ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return kAnyWidth;
  return std::max<std::size_t>(size.ws_col, kLeastWidth);
}

TerminalStyle style_of(int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  TerminalStyle style;
  style.colour = isatty(descriptor) == 1 && (no_colour == nullptr || *no_colour == '\0') && term != nullptr &&
                 std::string(term) != "dumb";
  style.width = width_of(descriptor);
  return style;
}

}  // namespace

TerminalStyle style_of_stdout() { return style_of(STDOUT_FILENO); }
TerminalStyle style_of_stderr() { return style_of(STDERR_FILENO); }

Status write_text(const std::string& path, const std::string& text) {
  TRY(AtomicFile file, AtomicFile::create(path));
  CHECK_OK(file.write(as_bytes(text)));
  return file.commit();
}

Status print_text(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  return flush_stdout();
}

Status print_to_stderr(const std::string& text) {
  if (std::fputs(text.c_str(), stderr) >= 0) return {};
  return fail("standard error: could not be written: check the disk or the pipe behind it");
}

Status write_or_print(const std::string& path, const std::string& text) {
  return path == "-" ? print_text(text) : write_text(path, text);
}

Status flush_stdout() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return {};
  return fail("standard output: could not be written: check the disk or the pipe behind it");
}

}  // namespace slim
