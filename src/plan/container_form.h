// What of a container's own form is content for the kind of package, so that it stays (docs/design.md, "What
// counts as content").
#pragma once

#include <optional>

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"
#include "util/result.h"

namespace slim {

// Why nothing in the package may change; nullopt where it may. Errors: content that can't be loaded.
Result<std::optional<Seal>> find_seal(const Package& package, const Inspection& inspection);

// Sets Plan::zip_form, and Action::stays_stored of what is read out of the package without unpacking.
void keep_form(const Package& package, const Inspection& inspection, Plan& plan);

// Of image layers (OCI image specification, "Whiteouts"): the file says that one of a lower layer is deleted,
// which would be there again without it.
bool is_whiteout(const Package& package, std::size_t index);

}  // namespace slim
