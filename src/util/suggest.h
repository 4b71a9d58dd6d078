// "Did you mean": the known name nearest to a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace slim {

// The known name within an edit distance of a third of its length (2 at least), or else the shortest that
// begins so; empty when none is near. Case and separators hardly count.
std::string nearest_name(std::string_view name, const std::vector<std::string>& known);

// Without case and separators: "secretsmanager" for "Secrets-Manager".
std::string folded_name(std::string_view name);

// ": did you mean 'budget'?" or "".
std::string did_you_mean(std::string_view name, const std::vector<std::string>& known);

}  // namespace slim
