#include "interpreter/interpreter.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "interpreter/child.h"
#include "util/format.h"

namespace slim::interpreter {
namespace {

constexpr const char* version_program =
    "import sys\n"
    "try:\n"
    "  from _frozen_importlib_external import MAGIC_NUMBER as magic\n"
    "except ImportError:\n"
    "  magic = bytes(2)\n"
    "print('%d.%d %d' % (sys.version_info[:2] + (magic[0] + 256 * magic[1],)))";
constexpr std::chrono::seconds start_limit{20};

Result<Interpreter> look_at(const std::string& program) {
  TRY(Child child, Child::start({program, "-I", "-S", "-c", version_program}));
  TRY(const auto line, child.read_line(start_limit));
  Interpreter found{.program = program};
  if (!line || std::sscanf(line->c_str(), "%d.%d %d", &found.major, &found.minor, &found.magic) != 3) {
    return fail(format("{}: is no Python interpreter", printable(program)));
  }
  return found;
}

bool fits(const Interpreter& found, int major, int minor) {
  return major == 0 ? found.major == 3 : found.major == major && found.minor == minor;
}

}  // namespace

Result<Interpreter> find_interpreter(const std::string& asked, int major, int minor) {
  if (!asked.empty()) {
    TRY(const Interpreter found, look_at(asked));
    if (fits(found, major, minor)) return found;
    return fail(format("--python {}: is Python {}.{}, and the package is for {}.{}: name one of that version",
                       printable(asked), found.major, found.minor, major, minor));
  }
  std::vector<std::string> programs;
  if (major != 0) programs.push_back(format("python{}.{}", major, minor));
  programs.emplace_back("python3");
  for (const std::string& program : programs) {
    const Result<Interpreter> found = look_at(program);
    if (found && fits(*found, major, minor)) return *found;
  }
  return fail(format("no Python {}.{} is on PATH: name one with --python", major, minor));
}

std::string path_of(const Interpreter& interpreter) {
  namespace fs = std::filesystem;
  std::error_code error;
  const std::string& program = interpreter.program;
  if (program.find('/') != std::string::npos) return fs::absolute(program, error).string();
  const char* variable = std::getenv("PATH");
  for (std::string_view rest = variable == nullptr ? "" : variable; !rest.empty();) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path candidate = fs::absolute(fs::path(rest.substr(0, end)) / program, error);
    if (access(candidate.c_str(), X_OK) == 0 && fs::is_regular_file(candidate, error))
      return candidate.string();
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return program;
}

}  // namespace slim::interpreter
