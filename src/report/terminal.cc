// The report for people. One screen: what it was, what it is, which rule made the difference, where the bytes
// still are, and what to look at. Columns are aligned by hand because the table is short and its widths are
// known.
#include <algorithm>

#include "model/finding_kind.h"
#include "report/config_report.h"
#include "report/painter.h"
#include "report/report.h"
#include "report/stats.h"
#include "report/terminal_findings.h"
#include "report/totals.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

constexpr std::size_t kMostPackages = 10;

double percent_saved(std::uint64_t before, std::uint64_t after) {
  if (before == 0) return 0;
  return 100.0 * (static_cast<double>(before) - static_cast<double>(after)) / static_cast<double>(before);
}

// -42.3 %, or +0.1 % where it grew.
std::string change(std::uint64_t before, std::uint64_t after) {
  return format("{:+.1f} %", -percent_saved(before, after));
}

// What remains, as a bar of 24 cells.
std::string bar(std::uint64_t before, std::uint64_t after, const Painter& paint) {
  constexpr std::size_t cells = 24;
  const double part =
      before == 0 ? 1.0 : std::min(1.0, static_cast<double>(after) / static_cast<double>(before));
  const auto full = static_cast<std::size_t>(part * cells + 0.5);
  std::string left;
  std::string gone;
  for (std::size_t i = 0; i < cells; ++i) (i < full ? left : gone) += i < full ? "█" : "░";
  return paint.green(left) + paint.dim(gone);
}

std::string size_row(const char* label, std::uint64_t before, std::uint64_t after, const Painter& paint) {
  return format("  {:<10} {:>11}  →  {}   {:>8}   {}\n", label, human_bytes(before),
                paint.bold(format("{:>11}", human_bytes(after))), change(before, after),
                bar(before, after, paint));
}

const char* container_label(ContainerFormat format) {
  switch (format) {
    case ContainerFormat::zip:
      return "zipped";
    case ContainerFormat::folder:
      return "folder";
    default:
      return "archived";
  }
}

std::string signed_bytes(std::uint64_t before, std::uint64_t after) {
  if (after > before) return "+" + human_bytes(after - before);
  return after == before ? "0 B" : "-" + human_bytes(before - after);
}

// Long names lose their middle, so that both the package and the file stay readable.
std::string shortened(const std::string& text, std::size_t width) {
  const std::string clean = printable(text);
  if (clean.size() <= width) return clean;
  const std::size_t head = (width - 3) / 2;
  const std::size_t tail = width - 3 - head;
  const bool ascii = std::ranges::all_of(clean, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return clean;
  return clean.substr(0, head) + "..." + clean.substr(clean.size() - tail);
}

std::string rules_table(const Totals& totals, bool written, const Painter& paint) {
  if (totals.rules.empty())
    return paint.dim("  Nothing to take away: this package is as small as the rules can make it.\n");
  std::string out = paint.dim(
      format("  {:<28} {:>8} {:>13} {:>13}\n", "by rule", "files", "unpacked", written ? "packed" : ""));
  for (const Group& group : totals.rules) {
    const Sizes& s = group.sizes;
    out += format("  {} {:>8} {:>13} {:>13}\n", paint.cyan(format("{:<28}", group.name)),
                  with_commas(group.files), signed_bytes(s.unpacked_before, s.unpacked_after),
                  written ? signed_bytes(s.packed_before, s.packed_after) : "");
  }
  return out;
}

std::string packages_table(const Totals& totals, const Painter& paint) {
  std::string out =
      paint.dim(format("  {:<28} {:>8} {:>13} {:>13}\n", "largest packages", "files", "before", "after"));
  for (std::size_t i = 0; i < std::min(kMostPackages, totals.owners.size()); ++i) {
    const Group& group = totals.owners[i];
    out += format("  {:<28} {:>8} {:>13} {:>13}\n", shortened(group.name, 28), with_commas(group.files),
                  human_bytes(group.sizes.unpacked_before), human_bytes(group.sizes.unpacked_after));
  }
  return out;
}

std::string findings_of(const Plan& plan, const Painter& paint) {
  std::vector<PackageFinding> findings;
  for (const Finding& finding : plan.findings) findings.push_back({"", finding});
  std::string out = terminal_findings(grouped(findings, false), paint);
  const bool has_errors = std::ranges::any_of(
      plan.findings, [](const Finding& finding) { return finding.severity == Severity::error; });
  if (has_errors && std::ranges::none_of(plan.findings, fails_a_run))
    out += paint.dim(
        "  These errors were in the input already: this run succeeds all the same, slim check fails for "
        "them.\n\n");
  return out;
}

// What a rule wanted and a check, a keep or a doubt held back; the JSON report has each with its reason.
std::size_t held_count(const Plan& plan) {
  return static_cast<std::size_t>(
      std::ranges::count_if(plan.actions, [](const Action& action) { return !action.holds.empty(); }));
}

std::string subject(const RunReport& report, const Painter& paint) {
  std::string facts = std::string(package_shape_name(report.inspection.shape));
  if (report.inspection.language != Language::none)
    facts += format(", {}", language_name(report.inspection.language));
  if (report.inspection.python)
    facts += format(" {}.{}", report.inspection.python->major, report.inspection.python->minor);
  if (report.inspection.arch) facts += format(", {}", arch_name(*report.inspection.arch));
  const std::string to =
      report.written ? "  →  " + printable(report.written->path) : "  (dry run: nothing is written)";
  return format("{} {}{}   {}\n", paint.bold("slim"), printable(report.package.path), to, paint.dim(facts));
}

}  // namespace

std::string terminal_report(const RunReport& report, const TerminalStyle& style) {
  const Painter paint(style);
  const Totals totals = sum_up(report);
  std::string out = subject(report, paint) + config_line(report.options.config, paint) + "\n";
  out += size_row("unpacked", totals.sizes.unpacked_before, totals.sizes.unpacked_after, paint);
  if (report.written != nullptr && report.written->format != ContainerFormat::folder &&
      report.package.format != ContainerFormat::folder) {
    out += size_row(container_label(report.written->format), totals.container_before, totals.container_after,
                    paint);
  } else if (report.written != nullptr && report.written->format != ContainerFormat::folder) {
    out += format("  {:<10} {:>11}     {}\n", container_label(report.written->format), "",
                  paint.bold(format("{:>11}", human_bytes(totals.container_after))));
  }
  out += format("  {:<10} {:>11}  →  {:>11}\n\n", "files", with_commas(totals.files_before),
                with_commas(totals.files_after));
  out += rules_table(totals, report.written != nullptr, paint) + "\n";
  out += packages_table(totals, paint);
  out += "\n" + findings_of(report.plan, paint);
  if (const std::size_t held = held_count(report.plan); held != 0) {
    out += paint.dim(
        format("  {} files that a rule asked for were left as they are, each for a reason: see --json\n",
               with_commas(held)));
  }
  if (!report.stages.empty()) out += stats_table(report.stages, paint) + cache_line(report.cache) + "\n";
  const std::string state = report.written != nullptr ? "written, read again and verified" : "planned";
  out += paint.dim(format("  {} in {:.1f} s, slim {}\n", state, report.seconds, version()));
  return out;
}

}  // namespace slim
