#include <cstdint>

#include "report/html_page.h"
#include "report/proof_report.h"
#include "report/report.h"
#include "report/start_report.h"
#include "util/format.h"
#include "util/path.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

// "Python 3.12", or "node" where the version isn't known.
std::string language_in_words(const Inspection& inspection) {
  const auto& version = inspection.use_of(inspection.language).version;
  if (!version) return language_name(inspection.language);
  return format("{} {}", language_title(inspection.language), version_text(*version));
}

Json facts(const RunReport& report) {
  const Inspection& inspection = report.inspection;
  Json list = Json::array();
  list.push_back(package_shape_name(inspection.shape));
  if (inspection.language != Language::none) list.push_back(language_in_words(inspection));
  if (inspection.arch) list.push_back(arch_name(*inspection.arch));
  const ConfigUse& config = report.options.config;
  if (!config.path.empty())
    list.push_back("by " + printable(config.path) +
                   (config.profile.empty() ? "" : ", profile " + printable(config.profile)));
  if (report.written == nullptr) list.push_back("dry run: nothing was written");
  for (const std::string& sentence : proof_sentences(report.proof)) list.push_back(printable(sentence));
  if (const std::string cost = cost_sentence(report); !cost.empty()) list.push_back(printable(cost));
  return list;
}

Json figures(const RunReport& report, const Totals& totals) {
  Json list = Json::array();
  list.push_back(figure_json("unpacked", &totals.sizes.unpacked_before, totals.sizes.unpacked_after));
  if (totals.container_after) {
    const std::uint64_t* before = totals.container_before ? &*totals.container_before : nullptr;
    list.push_back(figure_json(container_label(report), before, *totals.container_after));
  }
  list.push_back(figure_json("files", &totals.files_before, totals.files_after));
  return list;
}

Json by_rule(const Totals& totals) {
  Json list = Json::array();
  for (const Group& group : totals.rules) {
    Json unpacked = Json::array();
    unpacked.push_back(group.sizes.unpacked_before);
    unpacked.push_back(group.sizes.unpacked_after);
    Json packed = Json::array();
    packed.push_back(group.sizes.packed_before);
    packed.push_back(group.sizes.packed_after);
    list.push_back({{"name", printable(group.name)},
                    {"reason", printable(group.reason)},
                    {"files", group.files},
                    {"unpacked", unpacked},
                    {"packed", packed}});
  }
  return list;
}

void add_files(const RunReport& report, PageData& data) {
  const Written* written = report.written;
  for (std::size_t i = 0; i < report.package.entries.size(); ++i) {
    const Entry& entry = report.package.entries[i];
    const Action& action = report.plan.actions[i];
    if (entry.type == EntryType::directory) continue;
    const Sizes sizes{entry.size, action.size_after, entry.packed,
                      written != nullptr ? written->packed[i] : 0};
    data.add({entry.path, report.inspection.owner[i], report.inspection.files[i].kind, sizes, action.verb,
              action.rule, action.reason, &action.holds});
  }
  for (std::size_t i = 0; i < report.plan.additions.size(); ++i) {
    const Addition& addition = report.plan.additions[i];
    const Sizes sizes{0, addition.bytes.size(), 0, written != nullptr ? written->packed_additions[i] : 0};
    const bool bytecode = addition.path.ends_with(".pyc");
    data.add({addition.path, "new", bytecode ? FileKind::python_bytecode : FileKind::text, sizes, Verb::keep,
              addition.rule, addition.reason});
  }
}

}  // namespace

std::string html_report(const RunReport& report) {
  const Totals totals = sum_up(report);
  PageData data(totals.rules);
  data["kind"] = "run";
  data["slim"] = version();
  data["name"] = page_name(report.package.path);
  if (report.written != nullptr) data["output"] = page_name(report.written->path);
  data["written"] = report.written != nullptr;
  data["facts"] = facts(report);
  data["figures"] = figures(report, totals);
  const bool packed = totals.packing.both();
  data["packed"] = packed ? "zipped" : "";
  if (packed && totals.container_before && totals.container_after) {
    data["overhead"] = {{"name", "the zip's own headers"},
                        {"before", *totals.container_before - totals.sizes.packed_before},
                        {"after", *totals.container_after - totals.sizes.packed_after}};
  }
  data["by_rule"] = by_rule(totals);
  add_files(report, data);
  for (const Finding& finding : report.plan.findings) data.add(finding, finding.path);
  return html_page("slim " + page_name(report.package.path), std::move(data));
}

}  // namespace slim
