// How two spellings of a distribution's name are compared (PEP 503): "Foo._bar" is "foo-bar".
#pragma once

#include <string>
#include <string_view>

namespace slim::python {

std::string normalized_distribution_name(std::string_view name);

}  // namespace slim::python
