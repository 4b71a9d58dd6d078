#include "languages/node/finding_kinds.h"

#include <array>

namespace slim {
namespace {

using enum Severity;

constexpr auto kKinds = std::to_array<FindingKind>({
    {"node-native-missing", "An addon is there, but not for the function's system",
     "npm installed the build of the machine that it ran on. Install with npm ci --os=linux --cpu=x64 or "
     "arm64 "
     "--libc=glibc.",
     warning},
});

}  // namespace

std::span<const FindingKind> node_finding_kinds() { return kKinds; }

}  // namespace slim
