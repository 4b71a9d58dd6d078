// What AWS calls a service, and boto3 calls otherwise: EventBridge is boto3.client("events").
#pragma once

#include <string>
#include <string_view>

#include "model/package.h"

namespace slim {

// The name for boto3.client() of the service that the botocore in the package gives that title
// ("EventBridge", "cloudwatch-logs"); empty where there is none. Reads every service's model: for the words
// of an error only.
std::string service_titled(const Package& package, std::string_view title);

}  // namespace slim
