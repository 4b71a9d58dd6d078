#include "report/output.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "util/file.h"

namespace slim {

namespace {

TerminalStyle style_of(int descriptor) {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  TerminalStyle style;
  style.colour = isatty(descriptor) == 1 && (no_colour == nullptr || *no_colour == '\0') && term != nullptr &&
                 std::string(term) != "dumb";
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
  if (std::fflush(stdout) == 0) return {};
  return fail("standard output: could not be written: check the disk or the pipe behind it");
}

}  // namespace slim
