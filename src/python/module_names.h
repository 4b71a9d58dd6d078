// The names that a module has once it is imported, as its text tells without running it.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace slim::python {

struct ModuleNames {
  std::set<std::string, std::less<>> names;
  bool is_open = false;  // more may be there: import *, exec(), globals(), a module's __getattr__
};

// In doubt a name is listed: a name too many hides a fault, one too few would report a fault that isn't
// there.
ModuleNames module_names(std::string_view source);

}  // namespace slim::python
