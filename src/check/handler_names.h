// Has the handler's file the function that Lambda is told to call? Told by the file's text: a name that it
// may get in a way that is not understood counts as there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/bytes.h"

namespace slim::check {

struct MissingName {
  std::vector<std::string> instead;  // the names that are there
};

// Nothing where the name is there, or may be.
std::optional<MissingName> missing_in_python(std::string_view source, const std::string& name);
std::optional<MissingName> missing_in_node(std::string_view source, const std::string& name);
std::optional<MissingName> missing_in_ruby(std::string_view source, const std::string& name);
std::optional<MissingName> missing_in_class(ByteView java_class, const std::string& name);

}  // namespace slim::check
