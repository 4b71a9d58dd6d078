#include "model/output_bytes.h"

#include <algorithm>

#include "elf/strip.h"
#include "util/format.h"

namespace slim {

Result<Bytes> output_bytes(const Package& package, const Plan& plan, std::size_t index) {
  const Action& action = plan.actions[index];
  TRY(Bytes bytes, package.load(index));
  if (action.verb == Verb::cut_metadata) bytes.resize(action.size_after);
  if (action.verb == Verb::strip_comments) return without_ranges(bytes, action.cuts);
  if (action.verb == Verb::hash_bytecode) {
    if (bytes.size() < action.head.size()) return fail("a defect in slim: bytecode lost its header");
    std::ranges::copy(action.head, bytes.begin());
  }
  if (action.verb != Verb::strip) return bytes;
  elf::StripResult result = elf::strip(std::move(bytes), action.level);
  if (!result.bytes)
    return fail(format("a defect in slim: a second strip of the same bytes failed: {}", result.reason));
  return std::move(*result.bytes);
}

}  // namespace slim
