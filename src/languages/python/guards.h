#pragma once

#include <span>

#include "evidence/guard.h"

namespace slim {

std::span<const NamedGuard> python_guards();

}  // namespace slim
