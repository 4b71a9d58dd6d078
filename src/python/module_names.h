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

// Rather a name too many than one too few: who looks for one that is not there may rely on it.
ModuleNames module_names(std::string_view source);

}  // namespace slim::python
