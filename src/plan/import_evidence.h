// Who in the kept code can reach a file that a rule would drop?
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// Of the candidates (candidate[i]: a rule would drop entry i), those that kept code imports, directly or
// through others of them, each with a clause that names the file which needs it. Names are resolved along the
// package's Python roots.
std::map<std::size_t, std::string> needed_by_kept_code(const Package& package, const Inspection& inspection,
                                                       const std::vector<bool>& candidate);

}  // namespace slim
