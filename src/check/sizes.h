// Is the deployment within Lambda's limits, within its budgets, and not larger than last time?
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/check_request.h"
#include "model/deployment_sizes.h"
#include "model/plan.h"

namespace slim {

// Lambda's quotas: what it refuses is an error; what it takes only by way of S3 is a warning.
std::vector<Finding> check_lambda_limits(const DeploymentSizes& sizes, std::span<const Part> parts);

// Errors: a budget for a package that is nowhere in the deployment, with a "did you mean".
Result<std::vector<Finding>> check_budgets(const DeploymentSizes& sizes, const std::vector<Budget>& budgets);

// The sizes as a file to commit; sorted, so that its diffs are small.
std::string baseline_text(const DeploymentSizes& sizes);

// What grew by more than is allowed since that file was written. Errors: a text that is no baseline.
Result<std::vector<Finding>> check_growth(const DeploymentSizes& sizes, std::string_view baseline,
                                          const Allowance& allowed);

}  // namespace slim
