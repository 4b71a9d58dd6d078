#include "report/terminal_findings.h"

#include <algorithm>

#include "report/text_table.h"
#include "util/format.h"

namespace slim {
namespace {

constexpr std::size_t kMostFiles = 4;    // of one kind; the JSON report has all
constexpr std::size_t kMostGroups = 20;  // of one severity

std::string painted(Severity severity, const std::string& text, const Painter& paint) {
  if (severity == Severity::error) return paint.red(text);
  return severity == Severity::warning ? paint.yellow(text) : paint.dim(text);
}

std::string told(const FindingGroup& group, const Painter& paint, std::size_t width) {
  const Finding& finding = group.first->finding;
  std::string out = format("  {} {}\n", painted(finding.severity, severity_name(finding.severity), paint),
                           paint.bold(finding.id));
  for (std::size_t i = 0; i < std::min(kMostFiles, group.files.size()); ++i)
    out += format("    {}\n", paint.cyan(group.files[i]));
  if (group.files.size() > kMostFiles)
    out +=
        paint.dim(format("    … and {}: see --json\n", plural(group.files.size() - kMostFiles, "more file")));
  return out + format("      {}\n", hanging(printable(finding.message), 6, 6, width));
}

}  // namespace

std::string terminal_findings(const std::vector<FindingGroup>& groups, const Painter& paint,
                              std::size_t width) {
  std::string out;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    std::size_t count = 0;
    for (const FindingGroup& group : groups) {
      if (group.first->finding.severity != severity) continue;
      if (++count <= kMostGroups) out += told(group, paint, width);
    }
    if (count > kMostGroups)
      out += paint.dim(format("  … and {} more: see --json\n", with_commas(count - kMostGroups)));
    if (count > 0) out += "\n";
  }
  return out;
}

}  // namespace slim
