#include "report/publish.h"

#include <algorithm>
#include <array>
#include <string>

#include "model/finding_kind.h"
#include "report/output.h"
#include "report/report.h"
#include "report/sbom.h"
#include "report/start_report.h"
#include "report/stats.h"

namespace slim {

Result<int> publish(const RunReport& report) {
  const Options& options = report.options;
  if (!options.json.empty()) CHECK_OK(write_or_print(options.json, json_report(report)));
  if (!options.markdown.empty()) CHECK_OK(write_or_print(options.markdown, markdown_report(report)));
  if (!options.html.empty()) CHECK_OK(write_or_print(options.html, html_report(report)));
  if (!options.sbom.empty())
    CHECK_OK(write_or_print(options.sbom, cyclonedx_sbom(report.package, report.inspection)));
  if (!options.write_start_list.empty())
    CHECK_OK(write_or_print(options.write_start_list, start_list_text(report.inspection)));
  const std::array<const std::string*, 6> reports = {
      &options.json, &options.markdown,         &options.html,
      &options.sbom, &options.write_start_list, &options.trace};
  const bool stdout_taken =
      std::ranges::any_of(reports, [](const std::string* path) { return *path == "-"; });
  if (!options.quiet && options.to_stdout() && !options.dry_run) {
    CHECK_OK(print_to_stderr(terminal_report(report, style_of_stderr())));
  } else if (!options.quiet && !stdout_taken) {
    CHECK_OK(print_text(terminal_report(report, style_of_stdout())));
  }
  if (!options.trace.empty()) CHECK_OK(write_or_print(options.trace, chrome_trace(trace::take())));
  return std::ranges::any_of(report.plan.findings, fails_a_run) ? 1 : 0;
}

}  // namespace slim
