// Which cloud services does kept code use?
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "evidence/guard.h"

namespace slim {

// ".../botocore/data/s3/2006-03-01/service-2.json.gz" -> "s3"; empty for what lies in data/ itself, or
// elsewhere.
std::string_view service_of_data(std::string_view path);

// The services whose data the package holds, by the names that boto3.client() takes: botocore finds a service
// by its folder's name.
std::set<std::string> services_of(const Package& package);

// For a file of botocore's or boto3's service data: why its service must stay; nullopt when --services lets
// it go. Data that every session reads (credentials, endpoints) always stays.
std::optional<std::string> who_uses_service(const GuardView& view, std::size_t index);

// The same for a discovery document of Google's API client, whose service is the beginning of its name.
std::optional<std::string> who_uses_google_document(const GuardView& view, std::size_t index);

}  // namespace slim
