// Are the services of --services among those that the package's botocore knows?
#pragma once

#include <vector>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"

namespace slim {

// A warning where the flag has no effect. Errors: a service that botocore does not know, since the data of the
// one that was meant would go.
Result<std::vector<Finding>> check_services(const Package& package, const Inspection& inspection,
                                            const Options& options);

}  // namespace slim
