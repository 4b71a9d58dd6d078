// What rules/runtimes.toml knows of Python, in its table [python].
#pragma once

#include <string>
#include <vector>

namespace slim {

struct StandardModule {
  std::string name;
  int since = 0;  // minor version of Python 3
  int until = 99;
};

// The last release of a package whose wheels load with that glibc.
struct LastRelease {
  std::string package;
  std::string glibc;
  std::string version;
};

struct PythonTable {
  std::vector<StandardModule> standard_library;
  std::vector<LastRelease> last_releases;
};

// The table that is compiled in; read once.
const PythonTable& python_table();

}  // namespace slim
