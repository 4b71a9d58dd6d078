#include "report/start_report.h"

#include <optional>

#include "report/finding_groups.h"
#include "report/text_table.h"
#include "util/format.h"

namespace slim {
namespace {

using json::Json;

const Start* start_of(const Inspection& inspection) {
  for (const auto& [language, use] : inspection.languages) {
    if (use.start) return &*use.start;
  }
  return nullptr;
}

std::string handler_of(const StartCost& cost) {
  return cost.handler.empty() ? "the function's own files" : cost.handler;
}

// What bytecode for it would take, as far as the input tells.
std::string bytes_of(const StartCost& cost) {
  if (cost.had_bytecode == 0) return "whose size a run with it tells";
  if (cost.had_bytecode == cost.compiled)
    return format("which took {} in the input", human_bytes(cost.bytecode_bytes));
  return format("which took {} in the input for {} of them", human_bytes(cost.bytecode_bytes),
                with_commas(cost.had_bytecode));
}

}  // namespace

std::string cost_sentence(const RunReport& report) {
  if (!report.plan.start_cost) return {};
  const StartCost& cost = *report.plan.start_cost;
  std::string out = format("Each cold start compiles {} of the {} that {} {}: {} of source",
                           with_commas(cost.compiled), plural(cost.modules, "module"), handler_of(cost),
                           cost.handler.empty() ? "import" : "loads", human_bytes(cost.source_bytes));
  out += cost.is_measured ? ", as loading it has shown." : ", as their imports tell.";
  if (report.options.python.bytecode == BytecodeMode::init ||
      report.options.python.bytecode == BytecodeMode::fit)
    return out;
  const std::string handler = cost.handler.empty() ? " --handler FILE.FUNCTION" : "";
  return out + format(" --bytecode init{} packs their bytecode, {}.", handler, bytes_of(cost));
}

std::string time_sentence(const RunReport& report) {
  const Start* start = start_of(report.inspection);
  if (start == nullptr || !start->time || start->time->with_bytecode <= 0) return {};
  const StartTime& time = *start->time;
  return format(
      "Loading {} took {:.2f} s of processor time here without bytecode, and {:.2f} s with it: {:.1f} times "
      "as long.",
      start->handler, time.without_bytecode, time.with_bytecode, time.without_bytecode / time.with_bytecode);
}

std::string terminal_start(const RunReport& report, const Painter& paint, std::size_t width) {
  std::string out;
  for (const std::string& sentence : {cost_sentence(report), time_sentence(report)}) {
    if (!sentence.empty()) out += paint.dim("  " + hanging(printable(sentence), 2, 2, width)) + "\n";
  }
  return out;
}

void add_start(Json& json, const RunReport& report) {
  const Start* start = start_of(report.inspection);
  if (start == nullptr && !report.plan.start_cost) return;
  Json out = Json::object();
  if (start != nullptr) {
    out["found_by"] = start_from_name(start->from);
    if (!start->handler.empty()) out["handler"] = printable(start->handler);
    out["reason"] = printable(start->reason);
    Json modules = Json::array();
    for (const std::string& name : start->names) modules.push_back(printable(name));
    out["modules"] = std::move(modules);
  }
  if (const std::optional<StartCost>& cost = report.plan.start_cost) {
    Json compiled = {
        {"modules", std::uint64_t{cost->modules}}, {"compiled", std::uint64_t{cost->compiled}},
        {"source_bytes", cost->source_bytes},      {"had_bytecode", std::uint64_t{cost->had_bytecode}},
        {"bytecode_bytes", cost->bytecode_bytes},  {"told_by", cost->is_measured ? "loading" : "imports"}};
    if (!cost->handler.empty()) compiled["handler"] = printable(cost->handler);
    out["cost"] = std::move(compiled);
  }
  json["start"] = std::move(out);
}

std::string start_list_text(const Inspection& inspection) {
  const Start* start = start_of(inspection);
  if (start == nullptr) return {};
  std::string out =
      "# Modules that a start loads, for slim --bytecode init --start-list: one in each line.\n";
  for (const std::string& name : start->names) out += name + "\n";
  return out;
}

}  // namespace slim
