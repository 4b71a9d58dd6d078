// SARIF 2.1.0 (OASIS), as code scanning on GitHub and elsewhere takes it.
//
// Where is a finding? A package's entry is no file of the repository. SARIF can say so precisely, by an
// artifact with a parent, but GitHub ignores both `artifacts` and `logicalLocations`: it shows, groups and
// filters by the URI of the first physical location, and nothing else. So that URI is the package's path with
// the entry's behind it, function.zip/numpy/core/x.so, as scanners of container images do it: every alert is
// told apart at a glance, and "path:function.zip/numpy" filters. The logical location has the two apart, for
// viewers that show it. A region is demanded; the first line stands for the whole file.
//
// GitHub tells old alerts from new ones by the fingerprint primaryLocationLineHash, which it would otherwise
// take from the file's text, which it doesn't have. It is made of id and place, not of the message, whose
// figures change.
#include <algorithm>
#include <map>

#include "hash/hash.h"
#include "json/json.h"
#include "languages/finding_kinds.h"
#include "report/check_report.h"
#include "report/finding_groups.h"
#include "util/format.h"
#include "util/percent.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

constexpr std::size_t kMostResults = 25'000;  // GitHub refuses a run with more

std::string without_dot(const std::string& path) { return path.starts_with("./") ? path.substr(2) : path; }

std::string uri_of(const std::string& package, const std::string& entry) {
  std::string path = without_dot(package);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (!entry.empty()) path += "/" + entry;
  return (path.starts_with('/') ? "file://" : "") + percent_encoded(path, "/");
}

Json list_of(Json item) {
  Json list = Json::array();
  list.push_back(std::move(item));
  return list;
}

Json text_of(const std::string& text) { return Json({{"text", text}}); }

Json rule_json(const std::string& id) {
  Json rule = {{"id", id}};
  const FindingKind* kind = finding_kind(id);
  if (kind == nullptr) return rule;
  const std::string title(kind->title);
  const std::string help(kind->help);
  rule["shortDescription"] = text_of(title);
  rule["fullDescription"] = text_of(title + ". " + help);
  rule["help"] = {{"text", help}, {"markdown", help}};
  rule["defaultConfiguration"] = {{"level", severity_name(kind->severity)}};
  return rule;
}

class Results {
 public:
  explicit Results(const CheckReport& report) : report_(report) {}

  void add(const PackageFinding& item) {
    const Finding& finding = item.finding;
    const auto [rule, is_new] = rules_.try_emplace(finding.id, rules_.size());
    if (is_new) rules_json_.push_back(rule_json(finding.id));
    const std::string& package = item.package.empty() ? report_.sizes.parts.front().path : item.package;
    Json result = {{"ruleId", finding.id}, {"ruleIndex", static_cast<std::uint64_t>(rule->second)}};
    result["level"] = severity_name(finding.severity);
    const std::string file = printable(finding.path);
    result["message"] = text_of((file.empty() ? "" : file + " ") + printable(finding.message));
    result["locations"] = list_of(location_json(package, finding.path));
    result["partialFingerprints"] = {{"primaryLocationLineHash", fingerprint(finding, package)}};
    results_json_.push_back(std::move(result));
  }

  Json take_rules() { return std::move(rules_json_); }
  Json take_results() { return std::move(results_json_); }

 private:
  static Json location_json(const std::string& package, const std::string& entry) {
    Json physical = {{"artifactLocation", Json({{"uri", uri_of(package, entry)}})}};
    physical["region"] = {{"startLine", 1}};
    Json location = {{"physicalLocation", std::move(physical)}};
    const std::string name = printable(entry.empty() ? package : entry);
    const std::string full = printable(entry.empty() ? package : package + ":" + entry);
    location["logicalLocations"] =
        list_of({{"name", name}, {"fullyQualifiedName", full}, {"kind", "resource"}});
    return location;
  }

  // Findings of one id in one place are numbered.
  std::string fingerprint(const Finding& finding, const std::string& package) {
    const std::string place = finding.id + '\0' + without_dot(package) + '\0' + finding.path;
    const std::string digest = to_hex(hash_bytes(as_bytes(place))).substr(0, 16);
    return format("{}:{}", digest, ++seen_[digest]);
  }

  const CheckReport& report_;
  std::map<std::string, std::size_t> rules_;
  std::map<std::string, std::size_t> seen_;
  Json rules_json_ = Json::array();
  Json results_json_ = Json::array();
};

Json invocation_json(const CheckReport& report) {
  Json invocation = {{"executionSuccessful", true}};
  if (report.findings.size() <= kMostResults) return invocation;
  const std::string note = format("{} more findings are left out, the mildest: see --json",
                                  with_commas(report.findings.size() - kMostResults));
  invocation["toolExecutionNotifications"] = list_of({{"level", "warning"}, {"message", text_of(note)}});
  return invocation;
}

}  // namespace

std::string check_sarif_report(const CheckReport& report) {
  Results results(report);
  for (std::size_t i = 0; i < std::min(kMostResults, report.findings.size()); ++i)
    results.add(report.findings[i]);
  Json driver = {{"name", "slim"}, {"semanticVersion", version()}, {"informationUri", homepage()}};
  driver["rules"] = results.take_rules();
  Json run = {{"tool", Json({{"driver", std::move(driver)}})}};
  run["invocations"] = list_of(invocation_json(report));
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = results.take_results();
  Json sarif = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}};
  sarif["runs"] = list_of(std::move(run));
  return sarif.dump() + "\n";
}

}  // namespace slim
