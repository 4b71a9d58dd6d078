// Third stage: rules and the user's wishes become one action for each entry. Keep beats drop; the order of
// rules and options never matters.
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// `restored`: what a trial of an earlier plan found to be needed. read_more() is asked for entries of
// `inspection` that are not read and may stay; all that the plan doesn't drop is read in the end. Errors:
// rule files that don't parse, unknown rule ids (with a "did you mean"), bad globs; what read_more() says.
Result<Plan> make_plan(const Package& package, const Inspection& inspection, const Options& options,
                       const std::vector<Restored>& restored, const ReadMore& read_more);

}  // namespace slim
