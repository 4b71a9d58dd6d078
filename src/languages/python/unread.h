// What need not be read, unless it turns out to stay.
#pragma once

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

// May the plan leave it at the name, as long as it drops the file? Bytecode whose source lies beside it, and
// the Python files of folders that are test suites by the names in them.
bool may_stay_unread(const Package& package, std::size_t index, const Options& options,
                     const TestSuites& suites);

// What the name says of such a file.
FileFacts facts_of_name(const Entry& entry);

}  // namespace slim
