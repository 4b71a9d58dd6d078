// Who in the kept code can reach a file that a rule would drop?
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"
#include "util/result.h"

namespace slim {

struct Need {
  std::string reason;      // a clause that names the file which needs it
  bool is_beside = false;  // as data beside code that is needed, and not by itself
};

// Of the candidates (candidate[i]: a rule would drop entry i), those that kept code imports, directly or
// through others of them, and what belongs to those. Names are resolved along the
// package's Python roots. Errors: what read_more() says, which is asked for candidates that are needed and
// not read yet.
Result<std::map<std::size_t, Need>> needed_by_kept_code(const Package& package, const Inspection& inspection,
                                                        const std::vector<bool>& candidate,
                                                        const ReadMore& read_more);

}  // namespace slim
