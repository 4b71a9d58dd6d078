// The gate's report for people: findings by severity, alike ones together, then what was checked against
// what.
#include <algorithm>

#include "report/check_report.h"
#include "report/config_report.h"
#include "report/finding_groups.h"
#include "report/painter.h"
#include "report/terminal_findings.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

// What a size is, and how much of Lambda's limit that takes.
std::string size_row(const char* label, std::uint64_t bytes, std::uint64_t limit, const char* what,
                     const Painter& paint) {
  const double percent = 100.0 * static_cast<double>(bytes) / static_cast<double>(limit);
  const std::string share = format("{:5.1f} %", percent);
  return format("  {:<13} {:>10}  {} of the {} that {}\n", label, human_bytes(bytes),
                bytes > limit ? paint.red(share) : paint.green(share), human_bytes(limit), what);
}

std::string sizes_table(const CheckReport& report, const Painter& paint) {
  std::string out;
  for (const PartSize& part : report.sizes.parts) {
    if (part.zipped)
      out += size_row("zipped", *part.zipped, kLambdaZipLimit, "Lambda takes in a direct upload", paint);
  }
  return out + size_row("unpacked", report.sizes.unpacked, kLambdaUnpackedLimit, "Lambda unpacks", paint);
}

std::string verdict_row(const CheckReport& report, const Painter& paint) {
  ArchVerdict all;
  for (const ArchVerdict& verdict : report.verdicts) {
    all.x86_64 += verdict.x86_64;
    all.arm64 += verdict.arm64;
    all.other += verdict.other;
  }
  const std::string name = all.name();
  std::string detail = "no native files, runs on both";
  if (name != "pure") {
    detail = format("native files: {} x86_64, {} arm64", with_commas(all.x86_64), with_commas(all.arm64));
    if (all.other != 0) detail += format(", {} of other machines", with_commas(all.other));
  }
  return format("  {:<13} {:>10}  {}\n", "architecture", name, paint.dim(detail));
}

std::string readiness_row(const CheckReport& report, const Painter& paint) {
  if (!report.request.ready_for) return {};
  const auto offenders = static_cast<std::size_t>(std::ranges::count_if(
      report.findings, [](const PackageFinding& item) { return item.finding.id == "not-ready"; }));
  return format(
      "  {:<13} {:>10}  {}\n", format("for {}", arch_name(*report.request.ready_for)),
      offenders == 0 ? paint.green(format("{:>10}", "ready")) : paint.red(format("{:>10}", "not ready")),
      offenders == 0 ? "" : paint.dim(plural(offenders, "native file") + " in the way"));
}

std::string subject(const CheckReport& report, const Painter& paint) {
  std::string names;
  for (const PartSize& part : report.sizes.parts)
    names += (names.empty() ? "" : " + ") + printable(part.path);
  const std::string runtime = report.target.runtime_id.empty() ? "runtime unknown: name it with --runtime"
                                                               : printable(report.target.runtime_id);
  const std::string arch = report.target.arch ? std::string(", ") + arch_name(*report.target.arch) : "";
  return format("{} {}   {}\n", paint.bold("slim check"), names, paint.dim(runtime + arch));
}

}  // namespace

std::string check_terminal_report(const CheckReport& report, const TerminalStyle& style) {
  const Painter paint(style);
  std::string out = subject(report, paint) + config_line(report.request.config, paint) + "\n";
  out += terminal_findings(grouped(report), paint);
  out += verdict_row(report, paint) + readiness_row(report, paint) + sizes_table(report, paint);
  const std::string counts = format("{}, {}, {}", plural(count_of(report.findings, Severity::error), "error"),
                                    plural(count_of(report.findings, Severity::warning), "warning"),
                                    plural(count_of(report.findings, Severity::note), "note"));
  out += format("\n  {} {}\n", report.failed ? paint.red("failed:") : paint.green("passed:"),
                counts + paint.dim(format(" in {:.1f} s, slim {}", report.seconds, version())));
  return out;
}

}  // namespace slim
