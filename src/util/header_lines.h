// Lines "Key: value" as METADATA, manifests and properties have them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace slim {

// The value of the first line "key<separator>value", up to the first empty line; empty where there is none.
std::string header_value(std::string_view text, std::string_view key);
// Those of all such lines.
std::vector<std::string> header_values(std::string_view text, std::string_view key);

}  // namespace slim
