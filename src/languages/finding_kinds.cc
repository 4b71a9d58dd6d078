#include "languages/finding_kinds.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "languages/language.h"

namespace slim {

std::span<const FindingKind> finding_kinds() {
  static const std::vector<FindingKind> all = [] {
    std::vector<FindingKind> kinds;
    std::ranges::copy(neutral_finding_kinds(), std::back_inserter(kinds));
    for (const LanguageRoom* room : languages()) {
      if (room->finding_kinds != nullptr) std::ranges::copy(room->finding_kinds(), std::back_inserter(kinds));
    }
    std::ranges::sort(kinds, {}, &FindingKind::id);
    return kinds;
  }();
  return all;
}

const FindingKind* finding_kind(std::string_view id) {
  const std::span<const FindingKind> all = finding_kinds();
  const auto found = std::ranges::lower_bound(all, id, {}, &FindingKind::id);
  return found != all.end() && found->id == id ? &*found : nullptr;
}

}  // namespace slim
