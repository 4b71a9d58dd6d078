#include "report/finding_groups.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "util/format.h"

namespace slim {

std::vector<FindingGroup> grouped(std::span<const PackageFinding> findings, bool several_packages) {
  std::vector<FindingGroup> groups;
  std::map<std::tuple<Severity, std::string_view, std::string_view>, std::size_t> places;
  for (const PackageFinding& item : findings) {
    const Finding& finding = item.finding;
    const auto [place, is_new] =
        places.try_emplace({finding.severity, finding.id, finding.message}, groups.size());
    if (is_new) groups.push_back({&item, {}});
    if (finding.path.empty()) continue;
    const std::string path = printable(finding.path);
    groups[place->second].files.push_back(several_packages ? printable(item.package) + ": " + path : path);
  }
  return groups;
}

std::vector<FindingGroup> grouped(const CheckReport& report) {
  return grouped(report.findings, report.parts.size() > 1);
}

std::size_t count_of(std::span<const PackageFinding> findings, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      findings, [&](const PackageFinding& item) { return item.finding.severity == severity; }));
}

std::string plural(std::size_t count, const char* word) {
  return format("{} {}{}", with_commas(count), word, count == 1 ? "" : "s");
}

}  // namespace slim
