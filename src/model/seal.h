// Nothing in a package may change where somebody vouches for its bytes.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "model/package.h"
#include "model/plan.h"
#include "util/format.h"

namespace slim {

inline Seal signed_by(const std::string& what) {
  return {format("the package is signed ({}), and any change would break that", what), true};
}

// By the first entry of which is_signature(path) is true; nothing where there is none.
template <typename IsSignature>
std::optional<Seal> seal_of_signature(const Package& package, IsSignature is_signature) {
  const auto found =
      std::ranges::find_if(package.entries, [&](const Entry& entry) { return is_signature(entry.path); });
  return found == package.entries.end() ? std::nullopt : std::optional(signed_by(found->path));
}

}  // namespace slim
