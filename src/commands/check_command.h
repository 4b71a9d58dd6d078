// slim check PACKAGE…: what would fail at deploy or at the first invoke. Changes nothing.
#pragma once

#include "model/check_request.h"
#include "util/result.h"

namespace slim {

// Returns 0, or 1 where a finding is as severe as the user asked to fail on.
Result<int> run_check_command(const CheckRequest& request);

}  // namespace slim
