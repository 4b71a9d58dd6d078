// The gate's report for programs, schema "slim-check-1". Sizes are integers of bytes.
#include "json/json.h"
#include "report/check_report.h"
#include "report/config_report.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

Json parts_json(const CheckReport& report) {
  Json list = Json::array();
  for (std::size_t i = 0; i < report.parts.size(); ++i) {
    const PartSize& size = report.sizes.parts[i];
    const ArchVerdict& verdict = report.verdicts[i];
    Json json = {{"path", printable(size.path)},
                 {"mount", report.parts[i].mount},
                 {"shape", package_shape_name(report.parts[i].inspection->shape)},
                 {"architecture", verdict.name()},
                 {"x86_64_files", verdict.x86_64},
                 {"arm64_files", verdict.arm64},
                 {"other_native_files", verdict.other},
                 {"unpacked", size.unpacked}};
    if (size.zipped) json["zip"] = *size.zipped;
    list.push_back(std::move(json));
  }
  return list;
}

Json packages_json(const DeploymentSizes& sizes) {
  Json list = Json::array();
  for (const OwnerSize& owner : sizes.owners) {
    Json json = {{"package", printable(owner.name)}, {"unpacked", owner.unpacked}};
    if (!owner.version.empty()) json["version"] = printable(owner.version);
    list.push_back(std::move(json));
  }
  return list;
}

Json findings_json(const std::vector<PackageFinding>& findings) {
  Json list = Json::array();
  for (const auto& [package, finding] : findings) {
    list.push_back({{"severity", severity_name(finding.severity)},
                    {"id", finding.id},
                    {"package", printable(package)},
                    {"path", printable(finding.path)},
                    {"message", printable(finding.message)}});
  }
  return list;
}

}  // namespace

std::string check_json_report(const CheckReport& report) {
  Json json = {{"schema", "slim-check-1"}, {"slim", version()}, {"failed", report.failed}};
  add_config(json, report.request.config);
  json["runtime"] = printable(report.target.runtime_id);
  json["runtime_known"] = report.target.runtime != nullptr;
  json["architecture"] = report.target.arch ? arch_name(*report.target.arch) : "pure";
  Json totals = {{"unpacked", report.sizes.unpacked}};
  if (report.sizes.zipped) totals["zip"] = *report.sizes.zipped;
  json["totals"] = std::move(totals);
  json["limits"] = {{"zip", kLambdaZipLimit}, {"unpacked", kLambdaUnpackedLimit}};
  json["parts"] = parts_json(report);
  json["packages"] = packages_json(report.sizes);
  json["findings"] = findings_json(report.findings);
  return json.dump() + "\n";
}

}  // namespace slim
