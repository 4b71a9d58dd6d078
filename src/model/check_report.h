// All that `slim check` has to tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/check_request.h"
#include "model/deployment.h"
#include "model/deployment_sizes.h"

namespace slim {

// A finding and the package that it is in.
struct PackageFinding {
  std::string package;  // path of the zip; empty for the deployment as a whole
  Finding finding;
};

struct CheckReport {
  const CheckRequest& request;
  const Target& target;
  const std::vector<Part>& parts;
  const DeploymentSizes& sizes;
  std::vector<ArchVerdict> verdicts;     // of each part
  std::vector<PackageFinding> findings;  // errors first
  bool failed = false;
  double seconds = 0;
};

}  // namespace slim
