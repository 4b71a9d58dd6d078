// The runtime itself: is it known, does it have that architecture, is it still supported, does the package
// fit it?
#include <algorithm>

#include "check/deployment.h"
#include "util/format.h"
#include "util/suggest.h"

namespace slim::check {
namespace {

void check_known(Deployment& deployment) {
  const Target& target = deployment.target();
  if (target.runtime_id.empty() || target.runtime != nullptr) return;
  std::vector<std::string> ids;
  for (const Runtime& runtime : runtime_table().runtimes) ids.push_back(runtime.id);
  deployment.report_part(
      Severity::note, "unknown-runtime", 0,
      format("the runtime {} is in no table of this version, so nothing that depends on its system "
             "was checked{}",
             printable(target.runtime_id), did_you_mean(target.runtime_id, ids)));
}

void check_support(Deployment& deployment, const Runtime& runtime) {
  const std::string& today = deployment.target().today;
  if (today.empty() || runtime.deprecated.empty() || today < runtime.deprecated) return;
  const bool blocked = !runtime.update_blocked.empty() && today >= runtime.update_blocked;
  deployment.report_part(
      Severity::warning, "runtime-deprecated", 0,
      format("the runtime {} is without patches since {}{}: move to a newer one", runtime.id,
             runtime.deprecated, blocked ? " and takes no updates since " + runtime.update_blocked : ""));
}

}  // namespace

void check_runtime(Deployment& deployment) {
  check_known(deployment);
  const Target& target = deployment.target();
  if (target.runtime == nullptr) return;
  check_support(deployment, *target.runtime);
  if (target.arch &&
      std::ranges::find(target.runtime->architectures, *target.arch) == target.runtime->architectures.end())
    deployment.report_part(Severity::error, "runtime-architecture", 0,
                           format("the runtime {} does not exist on {}: use x86_64, or a newer runtime",
                                  target.runtime->id, arch_name(*target.arch)));
  const Part& function = deployment.parts()[0];
  if (target.runtime->id.starts_with("provided") && function.mount == "/var/task" &&
      !deployment.has("/var/task/bootstrap") && !deployment.has("/opt/bootstrap")) {
    deployment.report_part(
        Severity::error, "missing-handler", 0,
        format("the runtime {} starts the program bootstrap, which is in no part of the package: "
               "name it so and pack it at the root",
               target.runtime->id));
  }
}

}  // namespace slim::check
