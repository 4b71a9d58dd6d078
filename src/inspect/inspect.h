// Second stage: what is each file, and what is the package? Facts only.
#pragma once

#include "cache/cache.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "util/progress.h"

namespace slim {

// How much a caller wants to know.
enum class Depth : std::uint8_t {
  loading,     // what loaders ask: kinds, ELF facts, distributions. No hashes, no imports
  everything,  // what rules ask, too
};

// cache: holds the facts of earlier runs; null: there is none.
Result<Inspection> inspect_package(const Package& package, const Options& options, Progress& progress,
                                   Depth depth = Depth::everything, cache::Cache* cache = nullptr);

}  // namespace slim
