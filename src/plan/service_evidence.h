// Which AWS services does kept code use?
#pragma once

#include <optional>
#include <string>

#include "plan/guards.h"

namespace slim {

// For a file of botocore's or boto3's service data: why its service must stay; nullopt when --services lets
// it go. Data that every session reads (credentials, endpoints) always stays.
std::optional<std::string> who_uses_service(const GuardView& view, std::size_t index);

}  // namespace slim
