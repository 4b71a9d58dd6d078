// Finds the Python interpreter that a package is for.
#pragma once

#include <string>

#include "util/result.h"

namespace slim::interpreter {

struct Interpreter {
  std::string program;  // to be started as it is
  int major = 0;
  int minor = 0;
  int magic = 0;  // of its bytecode: pre-releases have others than the release
};

// `asked` (--python), else "python<major>.<minor>" and then "python3" on PATH. Errors: none of them is of
// that version. With major = 0 any version of Python 3 will do.
Result<Interpreter> find_interpreter(const std::string& asked, int major, int minor);

// Where it lies, so that it can be started from any folder: a name is looked for on PATH.
std::string path_of(const Interpreter& interpreter);

}  // namespace slim::interpreter
