// What strip removed, kept for debuggers (--debug-dir).
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// Writes a separate debug file for each file that the plan strips: by its build id where debuggers look for
// it (elf/debug_file.h), else under its own path with ".debug" behind. Each appears whole or not at all. Does
// nothing without options.debug_dir. Errors name the file.
Status write_debug_files(const Package& package, const Inspection& inspection, const Plan& plan,
                         const Options& options);

}  // namespace slim
