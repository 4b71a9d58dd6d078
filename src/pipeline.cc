// The whole of slim, read top to bottom. Each stage takes values and gives a value; there is no shared
// context, and nothing flows back.
#include "pipeline.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "check/check.h"
#include "inspect/inspect.h"
#include "model/output_bytes.h"
#include "plan/make_plan.h"
#include "read/read.h"
#include "report/publish.h"
#include "transform/transform.h"
#include "verify/verify.h"
#include "write/write.h"

namespace slim {

Result<int> run_pipeline(const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };

  // read: the table of entries. First, because a name that would leave the package ends the run before any
  // byte of content is looked at.
  TRY(const Package package, read_package(options.input));

  // inspect: facts about every file, each read and hashed once. Before any decision, because a rule may ask
  // about files far away ("does kept code import this?").
  TRY(const Inspection inspection, inspect_package(package, options));

  // plan: one action for each entry, from rules, the user's wishes and those facts.
  TRY(Plan wishes, make_plan(package, inspection, options));

  // transform: settles what each action comes to, in bytes. A strip that fails its checks becomes a keep
  // here.
  TRY(Plan plan, settle_plan(package, inspection, std::move(wishes), options));

  // check: what would not load where it is going. On the settled plan, because a dropped file fails nobody.
  std::ranges::move(check_package(package, inspection, plan, options), std::back_inserter(plan.findings));

  // ---- From here on the plan is fixed: a dry run prints the very plan that a run carries out. ----
  if (options.dry_run) {
    return publish(RunReport{options, package, inspection, plan, nullptr, seconds()});
  }

  // write: to a temporary name beside the target.
  const auto bytes_of = [&](std::size_t index) { return output_bytes(package, plan, index); };
  TRY(WriteResult output, write_package(package, plan, options, bytes_of));

  // verify: reads the written file as a stranger would. Before the rename, so that no faulty output ever has
  // the target's name.
  CHECK_OK(verify_output(output.pending->temporary_path(), package, inspection, plan, options));
  CHECK_OK(output.pending->commit());

  // ---- The output is in place. What follows only tells about it. ----
  return publish(RunReport{options, package, inspection, plan, &output.written, seconds()});
}

}  // namespace slim
