// What Python's references lead to, for the walk of evidence/reach.h.
#pragma once

#include <memory>
#include <vector>

#include "evidence/reach.h"

namespace slim {

// Reasons of what it finds are clauses that name the file which needs it. All three must outlive it.
std::unique_ptr<Follower> python_follower(const Package& package, const Inspection& inspection,
                                          const std::vector<bool>& candidate);

}  // namespace slim
