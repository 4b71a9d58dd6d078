#include "report/publish.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "report/report.h"
#include "report/sbom.h"
#include "util/file.h"

namespace slim {
namespace {

// Colour only where a person looks on: a terminal that is not "dumb", and no NO_COLOR (no-color.org).
TerminalStyle style_of_stdout() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  TerminalStyle style;
  style.colour = isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0') &&
                 term != nullptr && std::string(term) != "dumb";
  return style;
}

Status write_text(const std::string& path, const std::string& text) {
  TRY(AtomicFile file, AtomicFile::create(path));
  CHECK_OK(file.write(as_bytes(text)));
  return file.commit();
}

}  // namespace

Result<int> publish(const RunReport& report) {
  const bool json_on_stdout = report.options.json == "-";
  if (json_on_stdout) {
    std::fputs(json_report(report).c_str(), stdout);
  } else if (!report.options.json.empty()) {
    CHECK_OK(write_text(report.options.json, json_report(report)));
  }
  if (!report.options.sbom.empty()) {
    CHECK_OK(write_text(report.options.sbom, cyclonedx_sbom(report.package, report.inspection)));
  }
  if (!report.options.quiet && !json_on_stdout) {
    std::fputs(terminal_report(report, style_of_stdout()).c_str(), stdout);
  }
  if (std::fflush(stdout) != 0)
    return fail("standard output: could not be written: check the disk or the pipe behind it");
  const bool failed = std::ranges::any_of(
      report.plan.findings, [](const Finding& finding) { return finding.severity == Severity::error; });
  return failed ? 1 : 0;
}

}  // namespace slim
