// The modules of a package that a trial imports.
#pragma once

#include <string>
#include <vector>

#include "languages/python/modules.h"
#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// The folders that stand on sys.path where the package runs: all that hold a distribution, but for those
// among a package's tests, where one is made up for the tests to find.
std::vector<std::string> roots_in_use(const Package& package, const Inspection& inspection);

// Sorted by name, each once. Without tests (folders test and tests, files conftest.py and test_*.py) and
// without scripts (__main__, setup).
std::vector<Module> importable_modules(const Package& package, const std::vector<std::string>& roots);

}  // namespace slim
