// The handler of a function: which file has it, where that is known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "languages/python/source_modules.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

struct PythonHandler {
  std::string name;      // "app.handler"
  std::string module;    // "app"
  std::string function;  // "handler"
};

// As the user states it; else the only file at the root, of no installed distribution, that defines a
// lambda_handler or a handler. Nothing for what is no function. Errors: the package has no such module.
Result<std::optional<PythonHandler>> find_python_handler(const Package& package, const Inspection& inspection,
                                                         const SourceModules& modules,
                                                         const Options& options);

// The sources of the function's own: of no installed distribution.
std::vector<std::size_t> own_sources(const Inspection& inspection, const SourceModules& modules);

}  // namespace slim
