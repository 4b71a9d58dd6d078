#include "report/finding_groups.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "util/format.h"

namespace slim {

std::vector<FindingGroup> grouped(const CheckReport& report) {
  std::vector<FindingGroup> groups;
  std::map<std::tuple<Severity, std::string_view, std::string_view>, std::size_t> places;
  for (const PackageFinding& item : report.findings) {
    const Finding& finding = item.finding;
    const auto [place, is_new] =
        places.try_emplace({finding.severity, finding.id, finding.message}, groups.size());
    if (is_new) groups.push_back({&item, {}});
    if (finding.path.empty()) continue;
    const std::string path = printable(finding.path);
    groups[place->second].files.push_back(report.parts.size() > 1 ? printable(item.package) + ": " + path : path);
  }
  return groups;
}

std::size_t count_of(const CheckReport& report, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      report.findings, [&](const PackageFinding& item) { return item.finding.severity == severity; }));
}

std::string plural(std::size_t count, const char* word) {
  return format("{} {}{}", with_commas(count), word, count == 1 ? "" : "s");
}

}  // namespace slim
