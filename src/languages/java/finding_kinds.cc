#include "languages/java/finding_kinds.h"

#include <array>

namespace slim {
namespace {

using enum Severity;
using enum FindingNeeds;

constexpr auto kKinds = std::to_array<FindingKind>({
    {"java-class-too-new", "Classes are compiled for a newer Java than the runtime's",
     "The runtime answers with UnsupportedClassVersionError. Compile with --release of the runtime's "
     "version.",
     error, version, Language::java},
});

}  // namespace

std::span<const FindingKind> java_finding_kinds() { return kKinds; }

}  // namespace slim
