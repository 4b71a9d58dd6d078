// Which native libraries a Python file asks the system for, by ctypes.util.find_library("magic").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace slim::python {

struct LibraryLookup {
  std::uint32_t line = 0;
  std::string name;  // "magic"
};

// Only what the code would miss: no lookups under a condition that speaks of the platform, none among other
// candidates ("or", an element of a list), none of a name that is made at run time.
std::vector<LibraryLookup> library_lookups(std::string_view source);

}  // namespace slim::python
