#include <algorithm>

#include "report/check_report.h"
#include "report/output.h"

namespace slim {

Status publish_check(const CheckReport& report) {
  const CheckRequest& request = report.request;
  struct Wanted {
    const std::string& path;
    std::string (*text)(const CheckReport&);
  };
  const Wanted reports[] = {{request.json, check_json_report},
                            {request.markdown, check_markdown_report},
                            {request.sarif, check_sarif_report},
                            {request.junit, check_junit_report},
                            {request.html, check_html_report}};
  for (const Wanted& wanted : reports) {
    if (!wanted.path.empty()) CHECK_OK(write_or_print(wanted.path, wanted.text(report)));
  }
  const bool stdout_taken =
      std::ranges::any_of(reports, [](const Wanted& wanted) { return wanted.path == "-"; });
  if (request.quiet || stdout_taken) return {};
  return print_text(check_terminal_report(report, style_of_stdout()));
}

}  // namespace slim
