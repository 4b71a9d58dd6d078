// A progress bar on standard error while a run takes long enough to wonder; one line that is wiped at the
// end.
#pragma once

#include <memory>

#include "util/progress.h"

namespace slim {

// A bar where standard error is a terminal that can draw one and the user did not ask for quiet; else
// nothing.
std::unique_ptr<Progress> make_terminal_progress(bool quiet);

}  // namespace slim
