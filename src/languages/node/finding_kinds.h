// What the checks of Node.js packages look for.
#pragma once

#include <span>

#include "model/finding_kind.h"

namespace slim {

std::span<const FindingKind> node_finding_kinds();

}  // namespace slim
