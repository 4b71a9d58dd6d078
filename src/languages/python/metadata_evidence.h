// Who in the kept code can ask for the metadata of a distribution?
#pragma once

#include <optional>
#include <string>

#include "evidence/guard.h"

namespace slim {

// A clause that names the file which may ask for what entry `i`, in a dist-info or egg-info folder, tells;
// nullopt where no kept code can.
std::optional<std::string> who_asks_for_metadata(const GuardView& view, std::size_t i);

// The same for one of the files that pip wrote: RECORD answers files() and packages_distributions().
std::optional<std::string> who_reads_installer_file(const GuardView& view, std::size_t i);

}  // namespace slim
