#include "python/distribution_name.h"

#include "util/ascii.h"

namespace slim::python {

std::string normalized_distribution_name(std::string_view name) {
  std::string normal;
  for (const char c : name) {
    const bool separates = c == '-' || c == '_' || c == '.';
    if (separates && normal.ends_with('-')) continue;
    normal += separates ? '-' : lower_case(c);
  }
  return normal;
}

}  // namespace slim::python
