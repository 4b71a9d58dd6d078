// The report for people. One screen: what it was, what it is, which rule made the difference, where the bytes
// still are, and what to look at.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "model/finding_kind.h"
#include "model/growth.h"
#include "report/change.h"
#include "report/config_report.h"
#include "report/painter.h"
#include "report/proof_report.h"
#include "report/report.h"
#include "report/start_report.h"
#include "report/stats.h"
#include "report/terminal_findings.h"
#include "report/text_table.h"
#include "report/totals.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

constexpr std::size_t kMostPackages = 10;

// A size before and after, and what remains as a bar.
struct SizeRow {
  std::string label;
  std::string before = {};
  std::string after = {};
  std::string change = {};
  std::optional<double> remains = {};  // a part of 1; none without a bar
};

std::string bar(double part, std::size_t cells, const Painter& paint) {
  const auto full = static_cast<std::size_t>(std::min(1.0, part) * static_cast<double>(cells) + 0.5);
  std::string left;
  std::string gone;
  for (std::size_t i = 0; i < cells; ++i) (i < full ? left : gone) += i < full ? "█" : "░";
  return paint.green(left) + paint.dim(gone);
}

SizeRow row_of(const char* label, std::optional<std::uint64_t> before, std::optional<std::uint64_t> after) {
  SizeRow row{.label = label};
  if (before) row.before = human_bytes(*before);
  if (after) row.after = human_bytes(*after);
  if (!before || !after) return row;
  row.change = change_text(*before, *after);
  if (*before != 0) row.remains = static_cast<double>(*after) / static_cast<double>(*before);
  return row;
}

// The columns are as wide as there is room for; the bar gives way first, then the gaps.
std::string size_rows(const std::vector<SizeRow>& rows, const Painter& paint, std::size_t width) {
  constexpr std::size_t most_cells = 24;
  constexpr std::size_t least_cells = 8;
  std::size_t label = 0;
  std::size_t number = 0;
  std::size_t change = 0;
  for (const SizeRow& row : rows) {
    label = std::max(label, columns(row.label));
    number = std::max({number, columns(row.before), columns(row.after)});
    change = std::max(change, columns(row.change));
  }
  const auto taken = [&](std::size_t gap) {
    return 2 + label + 1 + number + gap + 1 + gap + number + std::max<std::size_t>(gap, 1) + change;
  };
  std::size_t gap = taken(1) <= width ? 1 : 0;
  constexpr std::size_t roomy = 2 + 10 + 1 + 11 + 2 + 1 + 2 + 11 + 2 + 8;
  if (roomy <= width) {
    label = std::max<std::size_t>(label, 10);
    number = std::max<std::size_t>(number, 11);
    change = std::max<std::size_t>(change, 8);
    gap = 2;
  }
  const std::size_t room = width - std::min(width, taken(gap) + 3);
  const std::size_t cells = std::min(most_cells, room);
  std::string out;
  for (const SizeRow& row : rows) {
    const char* arrow = row.before.empty() ? " " : "→";
    std::string line = format("  {:<{}} {:>{}}{:>{}}{}{:<{}}", row.label, label, row.before, number, "", gap,
                              arrow, "", gap);
    line += paint.bold(format("{:>{}}", row.after, number));
    if (!row.change.empty())
      line += format("{:>{}}{:>{}}", "", std::max<std::size_t>(gap, 1), row.change, change);
    if (row.remains && cells >= least_cells) line += "   " + bar(*row.remains, cells, paint);
    out += line + "\n";
  }
  return out;
}

std::string sizes(const RunReport& report, const Totals& totals, const Painter& paint, std::size_t width) {
  const Sizes& sum = totals.sizes;
  std::vector<SizeRow> rows = {row_of("unpacked", sum.unpacked_before, sum.unpacked_after)};
  if (totals.container_after)
    rows.push_back(row_of(container_label(report), totals.container_before, totals.container_after));
  rows.push_back({.label = "files",
                  .before = with_commas(totals.files_before),
                  .after = with_commas(totals.files_after)});
  return size_rows(rows, paint, width);
}

// No rule has changed anything: what remains to be told is what packing the files anew has saved or cost.
std::string nothing_to_do(const RunReport& report, const Totals& totals) {
  constexpr const char* nothing = "Nothing to take away: no rule finds anything in this package.";
  if (totals.files_before == 0) return "The package has no files: check how it was packed.";
  if (report.written == nullptr && totals.packing.files_before)
    return format("{} A run would still pack it anew, which may make the zip smaller.", nothing);
  const bool both_known = totals.packing.both() && totals.container_before && totals.container_after;
  if (!both_known || *totals.container_after >= *totals.container_before) return nothing;
  return format("No file changes, as no rule finds anything to take away; {} makes the zip smaller.",
                report.options.fast
                    ? std::string("writing it anew")
                    : format("packing it anew (--level {})", level_name(report.options.level)));
}

std::string rules_table(const RunReport& report, const Totals& totals, const Painter& paint,
                        std::size_t width) {
  if (totals.rules.empty())
    return paint.dim("  " + hanging(nothing_to_do(report, totals), 2, 2, width)) + "\n";
  const bool packed = totals.packing.both();
  std::vector<TextTable::Column> header = {{"files", 8}, {"unpacked", 13}};
  if (packed) header.push_back({"packed", 13});
  TextTable table({"by rule", 28}, header);
  for (const Group& group : totals.rules) {
    const Sizes& s = group.sizes;
    std::vector<TextTable::Cell> cells = {{with_commas(group.files)},
                                          {signed_bytes(s.unpacked_before, s.unpacked_after)}};
    if (packed) cells.push_back({signed_bytes(s.packed_before, s.packed_after)});
    table.add_row({group.name, Ink::cyan}, std::move(cells));
  }
  // Packing everything anew is no rule's doing. With it, the column adds up to the zip's files.
  const Sizes& rest = totals.unchanged.sizes;
  if (packed && rest.packed_before != rest.packed_after) {
    table.add_row({"(only packed anew)", Ink::dim},
                  {{with_commas(totals.unchanged.files), Ink::dim},
                   {"0 B", Ink::dim},
                   {signed_bytes(rest.packed_before, rest.packed_after), Ink::dim}});
  }
  return table.text(paint, width);
}

std::string packages_table(const Totals& totals, const Painter& paint, std::size_t width) {
  if (totals.owners.size() < 2) return {};  // it would say what the sizes above say
  TextTable table({"largest packages", 28}, {{"files", 8}, {"before", 13}, {"after", 13}});
  for (std::size_t i = 0; i < std::min(kMostPackages, totals.owners.size()); ++i) {
    const Group& group = totals.owners[i];
    table.add_row({printable(group.name)}, {{with_commas(group.files)},
                                            {human_bytes(group.sizes.unpacked_before)},
                                            {human_bytes(group.sizes.unpacked_after)}});
  }
  return table.text(paint, width) + "\n";
}

std::string findings_of(const Plan& plan, const Painter& paint, std::size_t width) {
  std::vector<PackageFinding> findings;
  for (const Finding& finding : plan.findings) findings.push_back({"", finding});
  std::string out = terminal_findings(grouped(findings, false), paint, width);
  const bool has_errors = std::ranges::any_of(
      plan.findings, [](const Finding& finding) { return finding.severity == Severity::error; });
  constexpr const char* not_ours =
      "These errors were in the input already: this run succeeds all the same, slim check fails for them.";
  if (has_errors && std::ranges::none_of(plan.findings, fails_a_run))
    out += paint.dim("  " + hanging(not_ours, 2, 2, width)) + "\n\n";
  return out;
}

std::string subject(const RunReport& report, const Painter& paint, std::size_t width) {
  std::string facts = std::string(package_shape_name(report.inspection.shape));
  if (report.inspection.language != Language::none)
    facts += format(", {}", language_name(report.inspection.language));
  if (const auto& version = report.inspection.use_of(report.inspection.language).version)
    facts += " " + version_text(*version);
  if (report.inspection.arch) facts += format(", {}", arch_name(*report.inspection.arch));
  const std::string from = printable(report.package.path);
  const std::string to =
      report.written
          ? "→  " + (report.options.to_stdout() ? "standard output" : printable(report.written->path))
          : "(dry run: nothing is written)";
  const bool fits = columns(from) + columns(to) + columns(facts) + 10 <= width;  // a pipe: any width does
  if (fits) return format("{} {}  {}   {}\n", paint.bold("slim"), from, to, paint.dim(facts));
  return format("{} {}\n  {}\n  {}\n", paint.bold("slim"), from, to, paint.dim(facts));
}

// One place has the reasons of every file, of those too that a rule named and a guard held.
std::string where_to_ask(const RunReport& report, const Painter& paint, std::size_t width) {
  const std::string command = format("slim explain {} PATH", printable(report.package.path));
  const std::string line = "Why a file went, changed or stayed: " + command;
  if (columns(line) + 2 <= width) return paint.dim("  " + line) + "\n";
  return paint.dim("  Why a file went, changed or stayed:\n    " + command) + "\n";
}

}  // namespace

std::string terminal_report(const RunReport& report, const TerminalStyle& style) {
  const Painter paint(style);
  const std::size_t width = style.width;
  const Totals totals = sum_up(report);
  std::string out = subject(report, paint, width) + config_line(report.options.config, paint) + "\n";
  out += sizes(report, totals, paint, width) + "\n";
  out += rules_table(report, totals, paint, width) + "\n";
  out += packages_table(totals, paint, width) + findings_of(report.plan, paint, width);
  out += terminal_proof(report.proof, paint, width);
  if (!report.stages.empty())
    out += stats_table(report.stages, paint, width) + cache_line(report.cache, width) + "\n";
  if (!totals.rules.empty()) out += where_to_ask(report, paint, width);
  out += terminal_start(report, paint, width);
  const std::string state = report.written != nullptr ? "written, read again and verified" : "planned";
  const std::string last = format("{} in {:.1f} s, slim {}", state, report.seconds, version());
  return out + paint.dim("  " + hanging(last, 2, 2, width)) + "\n";
}

}  // namespace slim
