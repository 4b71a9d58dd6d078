// The forms in which Python's packages come: wheels, and zips that the interpreter opens itself.
#pragma once

#include <optional>
#include <string>

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/result.h"

namespace slim {

// A wheel or a zipapp; nothing for all else. The name of the output counts, too. Errors: content that can't
// be loaded.
Result<std::optional<PackageShape>> find_python_shape(const Package& package, const std::string& output);

// What somebody has signed, or put down by hash (LanguageRoom::find_seal).
Result<std::optional<Seal>> find_python_seal(const Package& package, const Inspection& inspection);

// Zips that Python can run or import from without being told by name what they are.
bool python_may_open(const Package& package);

}  // namespace slim
