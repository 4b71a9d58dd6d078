// Jars: what makes a zip one, and who has signed it.
#pragma once

#include <optional>
#include <string>

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/result.h"

namespace slim {

// A jar, or nothing. The name of the output counts, too.
Result<std::optional<PackageShape>> find_jar_shape(const Package& package, const std::string& output);
// A jar's signature (LanguageRoom::find_seal).
Result<std::optional<Seal>> find_jar_seal(const Package& package, const Inspection& inspection);

}  // namespace slim
