// What the checks of Java's classes look for.
#pragma once

#include <span>

#include "model/finding_kind.h"

namespace slim {

std::span<const FindingKind> java_finding_kinds();

}  // namespace slim
