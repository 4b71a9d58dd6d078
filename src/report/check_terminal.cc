// The gate's report for people: findings by severity, alike ones together, then what was checked against
// what.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "model/budget.h"
#include "report/check_report.h"
#include "report/config_report.h"
#include "report/finding_groups.h"
#include "report/painter.h"
#include "report/terminal_findings.h"
#include "report/text_table.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

Ink ink_of(Fill fill) {
  if (fill == Fill::over) return Ink::red;
  return fill == Fill::nearly_full ? Ink::yellow : Ink::green;
}

// What was measured, and what that means. Labels and values are columns; the rest is a sentence, in lines
// where the terminal is narrow.
struct Fact {
  std::string label;
  std::string value;
  Ink value_ink = Ink::plain;
  std::string share = {};  // "  4.3 %"
  Ink share_ink = Ink::plain;
  std::string sentence = {};
  Ink sentence_ink = Ink::plain;
};

Fact size_fact(std::string label, std::uint64_t bytes, std::uint64_t limit, const char* what) {
  const double percent = 100.0 * static_cast<double>(bytes) / static_cast<double>(limit);
  return {.label = std::move(label),
          .value = human_bytes(bytes),
          .share = format("{:5.1f} %", percent),
          .share_ink = ink_of(fill_of(bytes, limit)),
          .sentence = format("of the {} that {}", human_bytes(limit), what)};
}

void add_sizes(const CheckReport& report, std::vector<Fact>& facts) {
  const std::vector<std::string> names = part_names(report);
  for (std::size_t i = 0; i < report.sizes.parts.size(); ++i) {
    const PartSize& part = report.sizes.parts[i];
    if (!part.zipped) continue;
    const std::string label = names.size() == 1 ? "zipped" : "zipped: " + names[i];
    facts.push_back(size_fact(label, *part.zipped, kLambdaZipLimit, "Lambda takes in a direct upload"));
  }
  const char* unpacked = names.size() == 1 ? "unpacked" : "unpacked, all";
  facts.push_back(size_fact(unpacked, report.sizes.unpacked, kLambdaUnpackedLimit, "Lambda unpacks"));
}

Fact verdict_fact(const CheckReport& report) {
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
  return {.label = "architecture", .value = name, .sentence = std::move(detail), .sentence_ink = Ink::dim};
}

Fact readiness_fact(const CheckReport& report, Arch arch) {
  const auto offenders = static_cast<std::size_t>(std::ranges::count_if(
      report.findings, [](const PackageFinding& item) { return item.finding.id == "not-ready"; }));
  return {.label = format("for {}", arch_name(arch)),
          .value = offenders == 0 ? "ready" : "not ready",
          .value_ink = offenders == 0 ? Ink::green : Ink::red,
          .sentence = offenders == 0 ? "" : plural(offenders, "native file") + " in the way",
          .sentence_ink = Ink::dim};
}

std::string facts_table(const std::vector<Fact>& facts, const Painter& paint, std::size_t width) {
  constexpr std::size_t least_sentence = 24;
  std::size_t label = 13;
  std::size_t value = 10;
  for (const Fact& fact : facts) {
    label = std::max(label, columns(fact.label));
    value = std::max(value, columns(fact.value));
  }
  label = std::min<std::size_t>(label, 40);
  // Where no sentence fits beside them, labels stand on a line of their own.
  const std::size_t beside = 2 + label + 1 + value + 2;
  const bool stacked = beside + least_sentence > width;
  const std::size_t column = stacked ? 4 + value + 2 : beside;
  std::string out;
  for (const Fact& fact : facts) {
    const std::string name = shortened(fact.label, stacked ? width - 2 : label);
    const std::size_t pad = stacked ? 0 : label - columns(name);
    out += "  " + name + (stacked ? "\n   " : std::string(pad, ' '));
    out += " " + paint.ink(fact.value_ink, format("{:>{}}", fact.value, value));
    const std::string share = fact.share.empty() ? "" : fact.share + " ";
    if (!share.empty() || !fact.sentence.empty()) out += "  " + paint.ink(fact.share_ink, share);
    const std::size_t sentence = column + columns(share);
    out += paint.ink(fact.sentence_ink, hanging(fact.sentence, sentence, sentence, width)) + "\n";
  }
  return out;
}

std::string subject(const CheckReport& report, const Painter& paint, std::size_t width) {
  std::string names;
  for (const PartSize& part : report.sizes.parts)
    names += (names.empty() ? "" : " + ") + printable(part.path);
  const std::string runtime = report.target.runtime_id.empty() ? "runtime unknown: name it with --runtime"
                                                               : printable(report.target.runtime_id);
  const std::string facts =
      runtime + (report.target.arch ? std::string(", ") + arch_name(*report.target.arch) : "");
  constexpr std::size_t title = 11;  // "slim check "
  if (title + columns(names) + 3 + columns(facts) <= width)
    return format("{} {}   {}\n", paint.bold("slim check"), names, paint.dim(facts));
  return format("{} {}\n  {}\n", paint.bold("slim check"), hanging(names, title, 2, width),
                paint.dim(hanging(facts, 2, 2, width)));
}

}  // namespace

std::string check_terminal_report(const CheckReport& report, const TerminalStyle& style) {
  const Painter paint(style);
  const std::size_t width = style.width;
  std::string out = subject(report, paint, width) + config_line(report.request.config, paint) + "\n";
  out += terminal_findings(grouped(report), paint, width);
  std::vector<Fact> facts = {verdict_fact(report)};
  if (report.request.ready_for) facts.push_back(readiness_fact(report, *report.request.ready_for));
  add_sizes(report, facts);
  out += facts_table(facts, paint, width);
  const std::string counts = format("{}, {}, {}", plural(count_of(report.findings, Severity::error), "error"),
                                    plural(count_of(report.findings, Severity::warning), "warning"),
                                    plural(count_of(report.findings, Severity::note), "note"));
  const std::string time = format(" in {:.1f} s, slim {}", report.seconds, version());
  const bool fits = 2 + 8 + columns(counts) + columns(time) <= width;
  out += format("\n  {} {}{}\n", report.failed ? paint.red("failed:") : paint.green("passed:"), counts,
                paint.dim(fits ? time : "\n " + time));
  return out;
}

}  // namespace slim
