// What a start loads, read in the sources: imports that run when a module is loaded, followed from the handler.
#pragma once

#include <cstddef>
#include <vector>

#include "languages/python/source_modules.h"
#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// Sources that are reached from these, with them and with what .pth files import; ascending. What is loaded by a
// name that is made at run time is not seen, and an import that an `if` leaves out is.
Result<std::vector<std::size_t>> start_by_imports(const Package& package, const Inspection& inspection,
                                                  const SourceModules& modules,
                                                  const std::vector<std::size_t>& from,
                                                  const ReadMore& read_more);

}  // namespace slim
