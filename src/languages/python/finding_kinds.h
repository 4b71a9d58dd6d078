// What the checks of Python's files look for.
#pragma once

#include <span>

#include "model/finding_kind.h"

namespace slim {

std::span<const FindingKind> python_finding_kinds();

}  // namespace slim
