#include "python/distribution_name.h"

namespace slim::python {

std::string normalized_distribution_name(std::string_view name) {
  std::string normal;
  for (const char c : name) {
    const bool separates = c == '-' || c == '_' || c == '.';
    if (separates && normal.ends_with('-')) continue;
    normal += separates ? '-' : (c >= 'A' && c <= 'Z') ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return normal;
}

}  // namespace slim::python
