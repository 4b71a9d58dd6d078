// All kinds of findings: those that no language looks for, and each language's.
#pragma once

#include <span>
#include <string_view>

#include "model/finding_kind.h"

namespace slim {

// Sorted by id.
std::span<const FindingKind> finding_kinds();
// Null where `id` is none of them.
const FindingKind* finding_kind(std::string_view id);

}  // namespace slim
