// Second stage: what is each file, and what is the package? Facts only.
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "util/progress.h"

namespace slim {

Result<Inspection> inspect_package(const Package& package, const Options& options, Progress& progress);

}  // namespace slim
