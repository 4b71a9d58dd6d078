// What `slim check` found, for a pull request or a job's summary: errors stand open, the rest opens at a
// click.
#include <algorithm>

#include "model/budget.h"
#include "report/check_report.h"
#include "report/finding_groups.h"
#include "report/markdown.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

using markdown::code;
using markdown::Table;

constexpr std::size_t kMostPackages = 25;

std::string title(const CheckReport& report) {
  std::string names;
  for (const PartSize& part : report.sizes.parts) names += (names.empty() ? "" : " + ") + code(part.path);
  const std::string counts = format("{}, {}, {}", plural(count_of(report.findings, Severity::error), "error"),
                                    plural(count_of(report.findings, Severity::warning), "warning"),
                                    plural(count_of(report.findings, Severity::note), "note"));
  std::string out = format("### {} slim check {}\n\n**{}**: {}", report.failed ? "❌" : "✅", names,
                           report.failed ? "failed" : "passed", counts);
  out += report.target.runtime_id.empty() ? "; runtime unknown: name it with --runtime"
                                          : "; for " + code(report.target.runtime_id);
  if (report.target.arch) out += format(" on {}", arch_name(*report.target.arch));
  const ConfigUse& config = report.request.config;
  if (!config.path.empty())
    out += format("; by {}{}", code(config.path),
                  config.profile.empty() ? "" : ", profile " + code(config.profile));
  return out + "\n\n";
}

std::string share(std::uint64_t bytes, std::uint64_t limit) {
  const Fill fill = fill_of(bytes, limit);
  const char* mark = fill == Fill::over ? "❌ " : fill == Fill::nearly_full ? "⚠️ " : "";
  return format("{}{:.1f} % of {}", mark, 100.0 * static_cast<double>(bytes) / static_cast<double>(limit),
                human_bytes(limit));
}

std::string sizes(const CheckReport& report, std::size_t room) {
  Table table({"", "native files", "zipped:", "unpacked:"});
  for (std::size_t i = 0; i < report.sizes.parts.size(); ++i) {
    const PartSize& part = report.sizes.parts[i];
    table.add_row({code(part.path), report.verdicts[i].name(), part.zipped ? human_bytes(*part.zipped) : "",
                   human_bytes(part.unpacked)});
  }
  std::uint64_t largest = 0;
  for (const PartSize& part : report.sizes.parts) largest = std::max(largest, part.zipped.value_or(0));
  table.add_row({"of Lambda's limits", "", largest == 0 ? "" : share(largest, kLambdaZipLimit),
                 share(report.sizes.unpacked, kLambdaUnpackedLimit)});
  return table.fitting(room) + "\n";
}

Table packages_table(const DeploymentSizes& deployment) {
  Table table({"package", "version", "unpacked:"});
  std::vector<OwnerSize> owners = deployment.owners;
  std::ranges::stable_sort(owners, std::greater{}, &OwnerSize::unpacked);
  if (owners.size() > kMostPackages) owners.resize(kMostPackages);
  for (const OwnerSize& owner : owners)
    table.add_row(
        {code(owner.name), owner.version.empty() ? "" : code(owner.version), human_bytes(owner.unpacked)});
  return table;
}

}  // namespace

std::string check_markdown_report(const CheckReport& report) {
  const std::vector<FindingGroup> groups = grouped(report);
  std::string out = title(report);
  const std::string last = format("<sub>slim {}</sub>\n", version());
  out += sizes(report, markdown::kRoom / 8);
  std::size_t room = markdown::kRoom - std::min(markdown::kRoom, out.size() + last.size());
  if (const std::string errors = markdown::findings_table(groups, Severity::error).fitting(room * 3 / 4);
      !errors.empty()) {
    out += errors + "\n";
    room -= errors.size() + 1;
  }
  for (const Severity severity : {Severity::warning, Severity::note}) {
    out += markdown::collapsible(plural(count_of(report.findings, severity), severity_name(severity)),
                                 markdown::findings_table(groups, severity), room);
  }
  out += markdown::collapsible("Largest packages", packages_table(report.sizes), room);
  return out + last;
}

}  // namespace slim
