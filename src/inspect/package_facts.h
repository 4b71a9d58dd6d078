// Facts about the package as a whole, from its list of paths and the facts of its files.
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

void find_python_roots(const Package& package, Inspection& inspection);
// Errors: content that can't be loaded.
Status find_shape_and_language(const Package& package, const Options& options, Inspection& inspection);

// Reads the small metadata files of each distribution. Errors: content that can't be loaded.
Status find_distributions(const Package& package, Inspection& inspection);

void find_runtime(const Package& package, const Options& options, Inspection& inspection);

}  // namespace slim
