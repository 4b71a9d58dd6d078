// Where things are read from and written to: what can't be, and what would go over something else.
#pragma once

#include <string>

#include "cli/values.h"
#include "model/options.h"
#include "util/result.h"

namespace slim {

// Sets options.output and its format. Errors: no package, no place for the output, or two that contradict.
Status check_targets(Options& options);

// Errors: two reports in one file, a report where the run reads or writes something else, standard input or
// output wanted twice, and a - where no stream can stand.
Status check_files(const Values& values);

// --python, which must be there. Errors: no such program.
Result<std::string> checked_program(const Values& values);

}  // namespace slim
