// The report for programs; docs/schema/report-1.json describes it. Its numbers are integers of bytes, and
// they add up:
//   sum of files[].unpacked_before = totals.unpacked_before, the same for _after, packed_before and
//   packed_after; packed + overhead = the container's size.
// What has no packed size (report/totals.h) has no such member.
#include "json/json.h"
#include "report/config_report.h"
#include "report/proof_report.h"
#include "report/report.h"
#include "report/start_report.h"
#include "report/totals.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

Json sizes_json(const Sizes& sizes, const Packing& packing) {
  Json json = {{"unpacked_before", sizes.unpacked_before}, {"unpacked_after", sizes.unpacked_after}};
  if (packing.files_before) json["packed_before"] = sizes.packed_before;
  if (packing.files_after) json["packed_after"] = sizes.packed_after;
  return json;
}

Json groups_json(const std::vector<Group>& groups, const char* key, const Packing& packing) {
  Json list = Json::array();
  for (const Group& group : groups) {
    Json json = {{key, printable(group.name)}, {"files", group.files}};
    if (!group.reason.empty()) json["reason"] = printable(group.reason);
    json.update(sizes_json(group.sizes, packing));
    list.push_back(std::move(json));
  }
  return list;
}

Json holds_json(const std::vector<Hold>& holds) {
  Json list = Json::array();
  for (const Hold& hold : holds) list.push_back({{"by", hold.by}, {"reason", hold.reason}});
  return list;
}

Json file_json(const RunReport& report, const Packing& packing, std::size_t i) {
  const Entry& entry = report.package.entries[i];
  const FileFacts& facts = report.inspection.files[i];
  const Action& action = report.plan.actions[i];
  Json json = {{"path", printable(entry.path)},
               {"kind", file_kind_name(facts.kind)},
               {"package", printable(report.inspection.owner[i])},
               {"action", verb_name(action.verb)}};
  if (action.verb != Verb::keep) {
    json["rule"] = action.rule;
    json["reason"] = printable(action.reason);
  }
  if (!action.executable_by.empty()) json["executable_by"] = action.executable_by;
  if (action.verb == Verb::strip) json["level"] = elf::strip_level_name(action.level);
  if (action.verb == Verb::link) json["link_to"] = printable(action.link_to);
  if (!action.holds.empty()) json["holds"] = holds_json(action.holds);
  if (facts.is_read) json["xxh3_before"] = to_hex(facts.hash);
  if (action.verb != Verb::drop) json["xxh3_after"] = to_hex(action.hash_after);
  json.update(sizes_json(
      {entry.size, action.size_after, entry.packed, report.written ? report.written->packed[i] : 0},
      packing));
  return json;
}

Json additions_json(const RunReport& report, const Packing& packing) {
  Json list = Json::array();
  for (std::size_t i = 0; i < report.plan.additions.size(); ++i) {
    const Addition& addition = report.plan.additions[i];
    Json json = {{"path", printable(addition.path)},
                 {"rule", addition.rule},
                 {"reason", printable(addition.reason)},
                 {"unpacked_after", addition.bytes.size()}};
    if (packing.files_after) json["packed_after"] = report.written->packed_additions[i];
    list.push_back(std::move(json));
  }
  return list;
}

Json package_json(const RunReport& report) {
  const Inspection& inspection = report.inspection;
  Json json = {{"path", printable(report.package.path)},
               {"shape", package_shape_name(inspection.shape)},
               {"language", language_name(inspection.language)}};
  for (const auto& [language, use] : inspection.languages) {
    if (!use.version) continue;
    const std::string name = language_name(language);
    json[name] = version_text(*use.version);
    json[name + "_evidence"] = use.version_evidence;
  }
  if (inspection.arch) {
    json["arch"] = arch_name(*inspection.arch);
    json["arch_evidence"] = inspection.arch_evidence;
  }
  Json distributions = Json::array();
  for (const Distribution& distribution : inspection.distributions) {
    distributions.push_back(
        {{"name", printable(distribution.name)}, {"version", printable(distribution.version)}});
  }
  json["distributions"] = std::move(distributions);
  return json;
}

Json totals_json(const Totals& totals) {
  const Packing& packing = totals.packing;
  Json json = sizes_json(totals.sizes, packing);
  json["files_before"] = totals.files_before;
  json["files_after"] = totals.files_after;
  if (totals.container_before) json["container_before"] = *totals.container_before;
  if (packing.files_before && totals.container_before)
    json["overhead_before"] = *totals.container_before - totals.sizes.packed_before;
  if (totals.container_after) json["container_after"] = *totals.container_after;
  if (packing.files_after && totals.container_after)
    json["overhead_after"] = *totals.container_after - totals.sizes.packed_after;
  return json;
}

Json findings_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"severity", severity_name(finding.severity)},
                    {"id", finding.id},
                    {"path", printable(finding.path)},
                    {"message", printable(finding.message)}});
  }
  return list;
}

Json stats_json(const std::vector<StageTime>& stages) {
  Json list = Json::array();
  for (const StageTime& stage : stages) {
    Json json = {{"stage", stage.name}, {"seconds", stage.seconds}, {"cpu_seconds", stage.cpu_seconds}};
    json["bytes"] = stage.bytes;
    json["peak_memory"] = stage.peak_bytes;
    list.push_back(std::move(json));
  }
  return list;
}

Json cache_json(const cache::Use& use) {
  Json json = {{"from_folder", use.from_folder}, {"missed", use.missed}, {"wrong", use.refused}};
  if (use.has_server) {
    json["from_server"] = use.from_server;
    json["sent"] = use.sent;
  }
  return json;
}

}  // namespace

std::string json_report(const RunReport& report) {
  const Totals totals = sum_up(report);
  const bool written = report.written != nullptr;
  Json json = {{"schema", "slim-report-1"}, {"slim", version()}, {"dry_run", !written}};
  add_config(json, report.options.config);
  json["input"] = package_json(report);
  if (written) json["output"] = {{"path", printable(report.written->path)}};
  json["totals"] = totals_json(totals);
  json["rules"] = groups_json(totals.rules, "rule", totals.packing);
  json["packages"] = groups_json(totals.owners, "package", totals.packing);
  add_proof(json, report.proof);
  add_start(json, report);
  json["findings"] = findings_json(report.plan.findings);
  Json files = Json::array();
  for (std::size_t i = 0; i < report.package.entries.size(); ++i) {
    if (report.package.entries[i].type != EntryType::directory)
      files.push_back(file_json(report, totals.packing, i));
  }
  json["files"] = std::move(files);
  json["additions"] = additions_json(report, totals.packing);
  if (!report.stages.empty()) json["stats"] = stats_json(report.stages);
  if (!report.stages.empty() && report.cache.is_on) json["cache"] = cache_json(report.cache);
  return json.dump() + "\n";
}

}  // namespace slim
