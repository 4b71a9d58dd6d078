// Where reports go: files that appear whole or not at all, and standard output.
#pragma once

#include <string>

#include "report/report.h"
#include "util/result.h"

namespace slim {

// Colour only where a person looks on: a terminal that is not "dumb", and no NO_COLOR (no-color.org). The
// width is COLUMNS, or the terminal's.
TerminalStyle style_of_stdout();
TerminalStyle style_of_stderr();

Status write_text(const std::string& path, const std::string& text);
Status print_text(const std::string& text);
// Where standard output is taken.
Status print_to_stderr(const std::string& text);
// "-" is standard output.
Status write_or_print(const std::string& path, const std::string& text);
// Errors: what was printed did not get through (a full disk, a closed pipe).
Status flush_stdout();

}  // namespace slim
