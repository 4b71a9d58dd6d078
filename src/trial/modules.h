// The Python modules of a package, by the names that import finds them under.
#pragma once

#include <string>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

struct Module {
  std::string name;       // "numpy.linalg"
  std::size_t entry = 0;  // the file that it is
};

// Sorted by name, each once. Without tests (folders test and tests, files conftest.py and test_*.py) and
// without scripts (__main__, setup).
std::vector<Module> importable_modules(const Package& package, const Inspection& inspection);

}  // namespace slim
