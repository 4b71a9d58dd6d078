#include <algorithm>
#include <map>

#include "report/check_report.h"
#include "report/html_page.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

// Of several packages the entries lie below each one's name.
class PartNames {
 public:
  explicit PartNames(const CheckReport& report) : single_(report.parts.size() == 1) {
    const std::vector<std::string> names = part_names(report);
    for (std::size_t i = 0; i < names.size(); ++i) names_.try_emplace(report.sizes.parts[i].path, names[i]);
  }

  std::string path_in(const std::string& package, const std::string& entry) const {
    if (single_) return entry;
    return entry.empty() ? names_.at(package) : names_.at(package) + "/" + entry;
  }

 private:
  bool single_;
  std::map<std::string, std::string> names_;  // by the package's path
};

Json facts(const CheckReport& report) {
  Json list = Json::array();
  list.push_back(report.target.runtime_id.empty() ? "runtime unknown: name it with --runtime"
                                                  : printable(report.target.runtime_id));
  list.push_back(report.target.arch ? arch_name(*report.target.arch) : "no native files");
  const ConfigUse& config = report.request.config;
  if (!config.path.empty())
    list.push_back("by " + printable(config.path) +
                   (config.profile.empty() ? "" : ", profile " + printable(config.profile)));
  return list;
}

Json figures(const CheckReport& report) {
  Json list = Json::array();
  list.push_back(figure_json("unpacked", nullptr, report.sizes.unpacked, kLambdaUnpackedLimit));
  const std::vector<std::string> names = part_names(report);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const PartSize& part = report.sizes.parts[i];
    const std::string label = names.size() == 1 ? "zipped" : "zipped: " + names[i];
    if (part.zipped) list.push_back(figure_json(label.c_str(), nullptr, *part.zipped, kLambdaZipLimit));
  }
  return list;
}

}  // namespace

std::string check_html_report(const CheckReport& report) {
  PageData data({});
  std::string name;
  for (const std::string& part : part_names(report)) name += (name.empty() ? "" : " + ") + part;
  data["kind"] = "check";
  data["slim"] = version();
  data["name"] = name;
  data["failed"] = report.failed;
  data["facts"] = facts(report);
  data["figures"] = figures(report);
  data["packed"] = report.sizes.zipped ? "zipped" : "";
  const PartNames names(report);
  std::uint64_t packed = 0;
  for (const Part& part : report.parts) {
    const Package& package = *part.package;
    for (std::size_t i = 0; i < package.entries.size(); ++i) {
      const Entry& entry = package.entries[i];
      if (entry.type == EntryType::directory) continue;
      packed += entry.packed;
      data.add({names.path_in(package.path, entry.path), part.inspection->owner[i],
                part.inspection->files[i].kind, Sizes{entry.size, entry.size, entry.packed, entry.packed}});
    }
  }
  if (report.sizes.zipped) {
    const std::uint64_t own = *report.sizes.zipped - std::min(*report.sizes.zipped, packed);
    data["overhead"] = {{"name", "the zip's own headers"}, {"before", own}, {"after", own}};
  }
  data["by_rule"] = Json::array();
  for (const auto& [package, finding] : report.findings)
    data.add(finding, package.empty() ? "" : names.path_in(package, finding.path));
  return html_page("slim check " + name, std::move(data));
}

}  // namespace slim
