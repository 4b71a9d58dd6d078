#include "commands/planned.h"

#include "inspect/inspect.h"
#include "plan/make_plan.h"
#include "read/read.h"
#include "transform/transform.h"

namespace slim {

Result<Planned> make_settled_plan(const Options& options) {
  NoProgress progress;
  TRY(Package package, read_package(options.input));
  TRY(Inspection inspection, inspect_package(package, options, progress));
  TRY(Plan wishes, make_plan(package, inspection, options, {}, all_is_read));
  cache::Cache none;
  Packer packer(package, inspection, options, none);
  TRY(Plan plan, settle_plan(package, inspection, std::move(wishes), options, packer, progress));
  return Planned{std::move(package), std::move(inspection), std::move(plan)};
}

}  // namespace slim
