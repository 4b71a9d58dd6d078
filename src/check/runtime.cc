// The runtime itself: is it known, does it have that architecture, is it still supported, does the package
// fit it?
#include <algorithm>

#include "check/checks.h"
#include "util/format.h"

namespace slim::check {
namespace {

void check_known(Deployment& deployment) {
  const Target& target = deployment.target();
  if (target.runtime_id.empty() || target.runtime != nullptr) return;
  deployment.report_part(
      Severity::note, "unknown-runtime", 0,
      format("the files are for {}, a runtime that is in no table of this version of slim, so nothing that "
             "depends on its system was checked: name the runtime with --runtime, or use a newer slim",
             printable(target.runtime_id)));
}

void check_system_known(Deployment& deployment, const Runtime& runtime) {
  if (runtime.system.is_known()) return;
  deployment.report_part(
      Severity::note, "unknown-system", 0,
      format(
          "what the system of the runtime {} offers is not known{}, so versions of glibc and libstdc++ were "
          "not checked: use a newer slim once it is",
          runtime.id, runtime.preview ? " as long as it is a preview" : ""));
}

// "no patches from 2024-10-14 on, no new functions from 2027-02-01 on and no updates from 2027-03-03 on"
std::string what_ends(const Runtime& runtime) {
  std::vector<std::string> ends;
  const auto add = [&](const char* what, const std::string& day) {
    if (!day.empty()) ends.push_back(format("no {} from {} on", what, day));
  };
  add("patches", runtime.deprecated);
  add("new functions", runtime.create_blocked);
  add("updates", runtime.update_blocked);
  std::string out;
  for (std::size_t i = 0; i < ends.size(); ++i)
    out += (i == 0 ? "" : i + 1 == ends.size() ? " and " : ", ") + ends[i];
  return out;
}

// The table's dates, whatever the day: only whether this is said depends on it. Never an error, though AWS
// refuses what is blocked: it has moved these days before.
void check_support(Deployment& deployment, const Runtime& runtime) {
  const std::string& today = deployment.target().today;
  const auto is_over = [&](const std::string& day) { return !day.empty() && today >= day; };
  if (today.empty() ||
      (!is_over(runtime.deprecated) && !is_over(runtime.create_blocked) && !is_over(runtime.update_blocked)))
    return;
  const Runtime* newest = runtime_table().newest_of(runtime.language);
  deployment.report_part(Severity::warning, "runtime-deprecated", 0,
                         format("the runtime {} gets {}: move to {}", runtime.id, what_ends(runtime),
                                newest != nullptr && newest->id != runtime.id ? newest->id : "a newer one"));
}

}  // namespace

void check_runtime(Deployment& deployment) {
  check_known(deployment);
  const Target& target = deployment.target();
  if (target.runtime == nullptr) return;
  check_support(deployment, *target.runtime);
  check_system_known(deployment, *target.runtime);
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
