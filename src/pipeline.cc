// The whole of slim, read top to bottom: run_pipeline() at the end of the file, its steps above it. Each
// stage takes values and gives a value; there is no shared context, and nothing flows back.
#include "pipeline.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "cache/open_cache.h"
#include "check/check.h"
#include "inspect/inspect.h"
#include "model/growth.h"
#include "model/output_bytes.h"
#include "pack/packer.h"
#include "parallel/parallel.h"
#include "plan/make_plan.h"
#include "read/read.h"
#include "report/publish.h"
#include "report/stage_clock.h"
#include "report/terminal_progress.h"
#include "transform/transform.h"
#include "trial/prover.h"
#include "util/trace.h"
#include "verify/verify.h"
#include "write/debug_files.h"
#include "write/write.h"

namespace slim {
namespace {

// A cache that fails is told of, and changes nothing else.
void tell_of_cache(const cache::Cache& cache, Plan& plan) {
  for (std::string& trouble : cache.troubles())
    plan.findings.push_back({Severity::note, "cache", "", std::move(trouble)});
}

// plan: one action for each entry, from rules, the user's wishes, the facts, and what a trial has restored.
// What it would not drop, and the inspection has left unread, is read now.
// transform: settles what each action comes to, in bytes; a strip that fails its checks becomes a keep.
// check: what would not load where it is going. On the settled plan, because a dropped file fails nobody.
Result<Plan> decide(const Package& package, Inspector& inspector, const Options& options,
                    const std::vector<Restored>& restored, Packer& packer, Progress& progress) {
  const Inspection& inspection = inspector.found();
  progress.begin("planning", 0);
  TRY(Plan wishes, make_plan(package, inspection, options, restored,
                             [&](auto entries) { return inspector.read_more(entries); }));
  packer.expect(wishes);
  progress.begin("stripping", unpacked_bytes(package));
  TRY(Plan plan, settle_plan(package, inspection, std::move(wishes), options, packer, progress));
  progress.begin("checking", 0);
  std::ranges::move(check_package(package, inspection, plan, options), std::back_inserter(plan.findings));
  return plan;
}

// write: to a temporary name beside the target.
// verify: reads the written file as a stranger would. Before the rename, so that no faulty output ever has
// the target's name.
Result<WriteResult> carry_out(const Package& package, const Inspection& inspection, const Plan& plan,
                              const Options& options, Packer& packer, Progress& progress) {
  progress.begin("writing", unpacked_bytes(plan));
  const auto bytes_of = [&](std::size_t index) {
    progress.advance(plan.actions[index].size_after);
    return output_bytes(package, plan, index);
  };
  TRY(WriteResult output, write_package(package, plan, options, bytes_of, packer));
  progress.begin("verifying", unpacked_bytes(plan));
  CHECK_OK(verify_output(output.pending->temporary_path(), package, inspection, plan, options, output.written,
                         progress));
  return output;
}

// trial: imports everything before and after, and runs the user's commands. Gives the rules that must be held
// back for what does not work any more; none where all does.
Result<std::vector<Restored>> prove(Prover& prover, const WriteResult& output, const Plan& plan,
                                    const std::vector<Restored>& restored, Progress& progress) {
  TRY(const Package written, read_package(output.pending->temporary_path()));
  return prover.rules_to_hold_back(written, plan, restored, progress);
}

}  // namespace

Result<int> run_pipeline(const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  CHECK_OK(check_output(options));
  if (!options.trace.empty()) trace::start();
  StageClock progress(make_terminal_progress(options.quiet), options.stats);
  cache::Cache cache =
      cache::open_cache(options.cache, options.cache_limit, threads_or_default(options.threads));

  // read: the table of entries. First, because a name that would leave the package ends the run before any
  // byte of content is looked at.
  progress.begin("reading", 0);
  TRY(const Package package, read_package(options.input));

  // inspect: facts about every file, each read and hashed once. Before any decision, because a rule may ask
  // about files far away ("does kept code import this?"). What rules drop for its path alone is read where it
  // turns out to stay.
  progress.begin("inspecting", unpacked_bytes(package));
  Inspector inspector(package, options, progress, cache);
  CHECK_OK(inspector.look());
  // Which modules a start loads is seen by loading the handler, where --bytecode init or fit ask for that.
  CHECK_OK(inspector.find_start());
  const Inspection& inspection = inspector.found();
  Packer packer(package, inspection, options, cache);

  // The user's commands run on the input before anything is decided: one that proves nothing ends the run.
  TRY(Prover prover, Prover::begin(package, inspection, options, progress));

  // plan, transform, check
  std::vector<Restored> restored;
  TRY(Plan plan, decide(package, inspector, options, restored, packer, progress));
  inspector.keep_facts();

  // ---- From here on the plan is fixed: a dry run prints the very plan that a run carries out. ----
  if (options.dry_run) {
    packer.finish();
    progress.finish();
    tell_of_cache(cache, plan);
    return publish(
        RunReport{options, package, inspection, plan, nullptr, seconds(), progress.stages(), cache.use()});
  }

  // write, verify
  TRY(WriteResult output, carry_out(package, inspection, plan, options, packer, progress));

  // trial: only on demand, as it runs the package's own code. Each round holds back at least one rule of one
  // package more than the last, or is the last, so it ends.
  while (prover.is_wanted()) {
    TRY(std::vector<Restored> needed, prove(prover, output, plan, restored, progress));
    if (needed.empty()) break;
    std::ranges::move(needed, std::back_inserter(restored));
    TRY(plan, decide(package, inspector, options, restored, packer, progress));
    TRY(output, carry_out(package, inspection, plan, options, packer, progress));
  }

  // What strip removed is kept first: an output in place without it would be a loss.
  CHECK_OK(write_debug_files(package, inspection, plan, options));
  progress.begin("committing", 0);
  CHECK_OK(output.pending->commit());
  packer.finish();
  progress.finish();
  tell_of_cache(cache, plan);
  if (auto growth = growth_finding(package, plan, output.written, options))
    plan.findings.push_back(std::move(*growth));

  // ---- The output is in place. What follows only tells about it. ----
  return publish(RunReport{options, package, inspection, plan, &output.written, seconds(), progress.stages(),
                           cache.use(), prover.proof(restored)});
}

}  // namespace slim
