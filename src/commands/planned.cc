#include "commands/planned.h"

#include "inspect/inspect.h"
#include "plan/make_plan.h"
#include "read/read.h"
#include "transform/transform.h"

namespace slim {

Result<Planned> make_settled_plan(const Options& options) {
  NoProgress progress;
  TRY(Package package, read_package(options.input));
  cache::Cache none;
  Inspector inspector(package, options, progress, none);
  CHECK_OK(inspector.look_at_all());
  CHECK_OK(inspector.find_start());
  Inspection inspection = inspector.take();
  TRY(Plan wishes, make_plan(package, inspection, options, {}, all_is_read));
  Packer packer(package, inspection, options, none);
  TRY(Plan plan, settle_plan(package, inspection, std::move(wishes), options, packer, progress));
  return Planned{std::move(package), std::move(inspection), std::move(plan)};
}

}  // namespace slim
