#include "report/stats.h"

#include <algorithm>

#include "json/json.h"
#include "report/text_table.h"
#include "util/format.h"

namespace slim {
namespace {

std::string rate(const StageTime& stage) {
  if (stage.bytes == 0 || stage.seconds <= 0) return "";
  return human_bytes(static_cast<std::uint64_t>(static_cast<double>(stage.bytes) / stage.seconds)) + "/s";
}

void add_row(const StageTime& stage, Ink ink, TextTable& table) {
  const double busy = stage.seconds > 0 ? stage.cpu_seconds / stage.seconds : 0;
  table.add_row({stage.name, ink}, {{format("{:.3f} s", stage.seconds), ink},
                                    {format("{:.3f} s", stage.cpu_seconds), ink},
                                    {format("{:.2f}", busy), ink},
                                    {stage.bytes == 0 ? "" : human_bytes(stage.bytes), ink},
                                    {rate(stage), ink},
                                    {stage.peak_bytes == 0 ? "" : human_bytes(stage.peak_bytes), ink}});
}

}  // namespace

std::string stats_table(const std::vector<StageTime>& stages, const Painter& paint, std::size_t width) {
  TextTable table(
      {"stage", 14},
      {{"time", 10}, {"cpu", 10}, {"busy", 7}, {"bytes", 11}, {"speed", 13}, {"peak memory", 11}});
  StageTime all{.name = "all"};
  for (const StageTime& stage : stages) {
    add_row(stage, Ink::plain, table);
    all.seconds += stage.seconds;
    all.cpu_seconds += stage.cpu_seconds;
    all.peak_bytes = std::max(all.peak_bytes, stage.peak_bytes);
  }
  add_row(all, Ink::bold, table);
  return table.text(paint, width);
}

std::string cache_line(const cache::Use& use, std::size_t width) {
  if (!use.is_on) return "";
  std::string out = format("cache: {} from the folder, ", with_commas(use.from_folder));
  if (use.has_server) out += format("{} from the server, ", with_commas(use.from_server));
  out += format("{} not there", with_commas(use.missed));
  if (use.refused != 0) out += format(", {} wrong", with_commas(use.refused));
  if (use.has_server) out += format(", {} sent", with_commas(use.sent));
  return "  " + hanging(out, 2, 4, width) + "\n";
}

std::string chrome_trace(const std::vector<trace::Event>& events) {
  using json::Json;
  const auto microseconds = [](std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::micro>(time).count();
  };
  Json list = Json::array();
  for (const trace::Event& event : events) {
    Json item = {{"name", event.what}, {"cat", "slim"}, {"ph", "X"}, {"pid", 1}, {"tid", event.thread}};
    item["ts"] = microseconds(event.begin);
    item["dur"] = microseconds(event.length);
    if (!event.of.empty()) item["args"] = Json({{"entry", printable(event.of)}});
    list.push_back(std::move(item));
  }
  Json trace = Json::object();
  trace["displayTimeUnit"] = "ms";
  trace["traceEvents"] = std::move(list);
  return trace.dump() + "\n";
}

}  // namespace slim
