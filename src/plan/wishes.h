// What the user's words name must be there: files by --keep, --drop and --keep-strip, services by --services.
// Each other value that names something is checked where it is read; docs/design.md lists them.
#pragma once

#include <string_view>
#include <vector>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/glob.h"
#include "util/result.h"

namespace slim {

// A folder may be named with its slash.
Result<Glob> compile_wish(const Given& wish);

// A user's glob that matches a folder means all that is in it.
bool means(const Glob& glob, std::string_view path);

// Warnings for what has no effect here, as a slim.toml may serve several packages. Errors: a service that
// botocore does not know, since the data of the one that was meant would go.
Result<std::vector<Finding>> check_wishes(const Package& package, const Inspection& inspection,
                                          const Options& options);

// ": did you mean 'pandas/tests/**'?" for a glob that matches nothing, or "".
std::string did_you_mean_glob(const Package& package, const std::string& glob);

}  // namespace slim
