// What a distribution states under Requires-Dist (the dependency specifiers specification, formerly PEP 508).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/version.h"

namespace slim::python {

// The variables of markers, "python_version" -> "3.12". What is not in it is unknown; "extra" is empty unless
// it is.
using MarkerEnvironment = std::map<std::string, std::string, std::less<>>;

struct Requirement {
  std::string name;
  std::vector<std::string> extras;
  std::vector<Specifier> specifiers;  // all of them must accept a version
  std::string url;                    // behind '@'; then there are no specifiers
  std::string marker;                 // behind ';', as written
};

// Also in the old form with brackets, "six (>=1.5)". nullopt: none by the specification.
std::optional<Requirement> parse_requirement(std::string_view text);

// Does the marker hold? unknown: it depends on a variable that is not in the environment, or is none.
Truth evaluate_marker(std::string_view marker, const MarkerEnvironment& environment);

// The first clause that refuses the version; nullptr where there is none, or where it can't be told.
const Specifier* refusing(const Requirement& requirement, std::string_view version);

// ">=2.0,<3"
std::string text_of(const std::vector<Specifier>& specifiers);

}  // namespace slim::python
