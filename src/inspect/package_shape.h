// Facts about the package as a whole, from its list of paths and the facts of its files.
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

// The name of the output counts, too: a folder may become a jar. Errors: content that can't be loaded.
Status find_shape_and_language(const Package& package, const Options& options, Inspection& inspection);

// As the user says, else what most ELF files are for. The files are read.
void find_architecture(const Package& package, const Options& options, Inspection& inspection);

}  // namespace slim
