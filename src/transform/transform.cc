#include "transform/transform.h"

#include <algorithm>

#include "elf/strip.h"
#include "languages/language.h"
#include "model/settled.h"
#include "parallel/budgeted.h"
#include "transform/duplicates.h"
#include "util/format.h"
#include "util/trace.h"

namespace slim {
namespace {

// The memory that settling one entry may take: a strip holds the original file and the stripped one at a
// time.
std::uint64_t cost_of(const Entry& entry, const Action& action) {
  return (action.verb == Verb::strip ? 2 : 1) * entry.size;
}

constexpr std::uint64_t kWorthwhile = 10;  // a tenth

void take_over(Action& action, const StripOutcome& outcome) {
  if (!outcome.stripped) return give_up(action, outcome.reason);
  action.size_after = outcome.size;
  action.hash_after = outcome.hash;
}

Status settle_strip(const Package& package, const FileFacts& facts, Action& action, std::size_t i,
                    const Options& options, Packer& packer, Lease& lease) {
  if (options.fast && facts.strippable < package.entries[i].size / kWorthwhile) {
    give_up(action, "--fast leaves it for less than a tenth of its size");
    return {};
  }
  const elf::StripLevel level = action.level;
  if (const std::optional<StripOutcome> known = packer.find_strip(i, level)) {
    take_over(action, *known);
    return {};
  }
  TRY(Bytes original, package.load(i));
  elf::StripResult result = [&] {
    const trace::Span span("strip", package.entries[i].path);
    return elf::strip(std::move(original), level);
  }();
  StripOutcome outcome{.stripped = result.bytes.has_value(), .reason = std::move(result.reason), .hash = {}};
  if (result.bytes) {
    outcome.size = result.bytes->size();
    outcome.hash = hash_bytes(*result.bytes);
  }
  take_over(action, outcome);
  lease.shrink_to(2 * outcome.size);
  packer.keep_strip(i, level, outcome, result.bytes ? std::move(*result.bytes) : Bytes());
  return {};
}

Status settle_cut(const Package& package, const FileFacts& facts, Action& action, std::size_t i) {
  if (facts.header_end == 0) {
    give_up(action, "it has no long description that could be cut off");
    return {};
  }
  TRY(const Bytes original, package.load(i));
  action.size_after = facts.header_end;
  action.hash_after = hash_bytes(ByteView(original).first(facts.header_end));
  return {};
}

Status settle(const Package& package, const Inspection& inspection, Action& action, std::size_t i,
              const Options& options, Packer& packer, Lease& lease) {
  const FileFacts& facts = inspection.files[i];
  if (action.verb == Verb::strip) CHECK_OK(settle_strip(package, facts, action, i, options, packer, lease));
  if (action.verb == Verb::cut_metadata) CHECK_OK(settle_cut(package, facts, action, i));
  for (const LanguageRoom* room : languages()) {
    if (room->settle_action != nullptr) CHECK_OK(room->settle_action(package, inspection, i, action));
  }
  // What is settled below, once all sizes are known, counts as kept until then.
  const bool is_kept = keeps_bytes(action) || action.verb == Verb::bytecode_only ||
                       action.verb == Verb::collect || action.verb == Verb::renew;
  if (is_kept) {
    action.size_after = package.entries[i].size;
    action.hash_after = facts.hash;
  }
  return {};
}

}  // namespace

Result<Plan> settle_plan(const Package& package, const Inspection& inspection, Plan plan,
                         const Options& options, Packer& packer, Progress& progress) {
  packer.start_over();
  const std::vector<std::size_t> order = largest_first(package, all_entries(package));
  std::vector<std::uint64_t> costs(plan.actions.size());
  for (const std::size_t i : order) costs[i] = cost_of(package.entries[i], plan.actions[i]);
  std::vector<std::optional<Error>> errors(plan.actions.size());
  parallel_for(order, costs, options.in_flight(unpacked_bytes(package)), options.threads,
               [&](std::size_t i, Lease& lease) {
                 Status status = settle(package, inspection, plan.actions[i], i, options, packer, lease);
                 if (!status) errors[i] = at(printable(package.entries[i].path), std::move(status.error()));
                 progress.advance(package.entries[i].size);
               });
  for (auto& error : errors) {
    if (error) return tl::unexpected(std::move(*error));
  }
  if (plan.seal) return plan;
  link_duplicates(package, inspection, plan);
  for (const LanguageRoom* room : languages()) {
    if (room->settle_plan != nullptr) CHECK_OK(room->settle_plan(package, inspection, options, plan));
  }
  return plan;
}

}  // namespace slim
