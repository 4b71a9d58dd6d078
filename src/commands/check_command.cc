#include "commands/check_command.h"

#include <algorithm>
#include <chrono>
#include <deque>

#include "check/check.h"
#include "check/sizes.h"
#include "inspect/inspect.h"
#include "model/check_report.h"
#include "read/read.h"
#include "report/check_report.h"
#include "report/output.h"
#include "util/file.h"
#include "util/format.h"

namespace slim {
namespace {

// Owns what the parts of a deployment point to; a deque, so that they stay where they are.
struct Loaded {
  std::deque<Package> packages;
  std::deque<Inspection> inspections;
  std::deque<Plan> plans;
  std::vector<Part> parts;
};

// The first package named is the function, unless it has nothing but a layer's folders; all others are
// layers.
std::string mount_by_order(const Inspection& inspection, bool first, bool named_layer) {
  const bool by_order = inspection.shape != PackageShape::image_layer && (named_layer || !first);
  return by_order ? "/opt" : mount_of(inspection);
}

Status load(const CheckRequest& request, const std::string& path, bool named_layer, Loaded& loaded) {
  Options options;
  options.threads = request.threads;
  NoProgress progress;
  TRY(Package package, read_package(path, archive::Backslashes::taken_as_slashes));
  Result<Inspection> inspection = inspect_package(package, options, progress, Depth::loading);
  if (!inspection) return tl::unexpected(std::move(inspection.error()));
  Plan plan;  // keeps everything
  plan.actions.resize(package.entries.size());
  const std::string mount = mount_by_order(*inspection, loaded.parts.empty(), named_layer);
  loaded.packages.push_back(std::move(package));
  loaded.inspections.push_back(std::move(*inspection));
  loaded.plans.push_back(std::move(plan));
  loaded.parts.push_back({&loaded.packages.back(), &loaded.inspections.back(), &loaded.plans.back(), mount});
  return {};
}

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  return format("{:04}-{:02}-{:02}", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday);
}

void append(std::vector<PackageFinding>& all, const std::string& package, std::vector<Finding> findings) {
  for (Finding& finding : findings) all.push_back({package, std::move(finding)});
}

void append(std::vector<PackageFinding>& all, const Loaded& loaded,
            std::vector<std::vector<Finding>> by_part) {
  for (std::size_t i = 0; i < by_part.size(); ++i)
    append(all, loaded.packages[i].path, std::move(by_part[i]));
}

// Compares with the baseline, or writes it anew.
Result<std::vector<Finding>> ratchet(const CheckRequest& request, const DeploymentSizes& sizes) {
  if (request.baseline.empty()) return std::vector<Finding>{};
  if (request.update_baseline) {
    CHECK_OK(write_text(request.baseline, baseline_text(sizes)));
    return std::vector<Finding>{};
  }
  Result<Bytes> text = read_file(request.baseline);
  if (!text) return fail(text.error().what + ": write it with --update-baseline, and commit it");
  Result<std::vector<Finding>> grown = check_growth(sizes, as_text(*text), request.max_growth);
  if (!grown) return tl::unexpected(at(printable(request.baseline), std::move(grown.error())));
  return grown;
}

Result<std::vector<PackageFinding>> all_findings(const CheckRequest& request, const Loaded& loaded,
                                                 const Target& target, const DeploymentSizes& sizes) {
  std::vector<PackageFinding> findings;
  append(findings, loaded, check_deployment(loaded.parts, target));
  if (request.ready_for) append(findings, loaded, check_ready_for(loaded.parts, target, *request.ready_for));
  append(findings, "", check_lambda_limits(sizes, loaded.parts));
  TRY(std::vector<Finding> over, check_budgets(sizes, request.budgets));
  append(findings, "", std::move(over));
  TRY(std::vector<Finding> grown, ratchet(request, sizes));
  append(findings, "", std::move(grown));
  std::ranges::stable_sort(findings, std::greater{},
                           [](const PackageFinding& item) { return item.finding.severity; });
  return findings;
}

}  // namespace

Result<int> run_check_command(const CheckRequest& request) {
  const auto start = std::chrono::steady_clock::now();
  Loaded loaded;
  for (const std::string& path : request.packages) CHECK_OK(load(request, path, false, loaded));
  for (const std::string& path : request.layers) CHECK_OK(load(request, path, true, loaded));

  Target target = target_of(loaded.parts, request.runtime, request.arch);
  target.handler = request.handler;
  target.today = today();
  const DeploymentSizes sizes = measure(loaded.parts);
  CheckReport report{request, target, loaded.parts, sizes, {}, {}, false, 0};
  for (const Part& part : loaded.parts) report.verdicts.push_back(arch_verdict(part));
  TRY(report.findings, all_findings(request, loaded, target, sizes));
  report.failed = std::ranges::any_of(
      report.findings, [&](const PackageFinding& item) { return item.finding.severity >= request.fail_on; });

  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  CHECK_OK(publish_check(report));
  return report.failed ? 1 : 0;
}

}  // namespace slim
