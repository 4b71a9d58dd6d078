#include "report/stats.h"

#include "json/json.h"
#include "util/format.h"

namespace slim {
namespace {

std::string rate(const StageTime& stage) {
  if (stage.bytes == 0 || stage.seconds <= 0) return "";
  return human_bytes(static_cast<std::uint64_t>(static_cast<double>(stage.bytes) / stage.seconds)) + "/s";
}

std::string row(const StageTime& stage) {
  const double busy = stage.seconds > 0 ? stage.cpu_seconds / stage.seconds : 0;
  return format("  {:<14} {:>8.3f} s {:>8.3f} s {:>7.2f} {:>11} {:>13} {:>11}\n", stage.name, stage.seconds,
                stage.cpu_seconds, busy, stage.bytes == 0 ? "" : human_bytes(stage.bytes), rate(stage),
                stage.peak_bytes == 0 ? "" : human_bytes(stage.peak_bytes));
}

}  // namespace

std::string stats_table(const std::vector<StageTime>& stages, const Painter& paint) {
  std::string out = paint.dim(format("  {:<14} {:>10} {:>10} {:>7} {:>11} {:>13} {:>11}\n", "stage", "time",
                                     "cpu", "busy", "bytes", "speed", "peak memory"));
  StageTime all{.name = "all"};
  for (const StageTime& stage : stages) {
    out += row(stage);
    all.seconds += stage.seconds;
    all.cpu_seconds += stage.cpu_seconds;
    all.peak_bytes = std::max(all.peak_bytes, stage.peak_bytes);
  }
  return out + paint.bold(row(all));
}

std::string cache_line(const cache::Use& use) {
  if (!use.is_on) return "";
  std::string out = format("  cache: {} from the folder, ", with_commas(use.from_folder));
  if (use.has_server) out += format("{} from the server, ", with_commas(use.from_server));
  out += format("{} not there", with_commas(use.missed));
  if (use.refused != 0) out += format(", {} wrong", with_commas(use.refused));
  if (use.has_server) out += format(", {} sent", with_commas(use.sent));
  return out + "\n";
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
