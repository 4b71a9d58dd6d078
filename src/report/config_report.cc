#include "report/config_report.h"

#include "util/format.h"

namespace slim {

std::string config_line(const ConfigUse& config, const Painter& paint) {
  if (config.path.empty()) return {};
  const std::string profile = config.profile.empty() ? "" : ", profile " + printable(config.profile);
  return paint.dim("  by " + printable(config.path) + profile) + "\n";
}

void add_config(json::Json& report, const ConfigUse& config) {
  if (config.path.empty()) return;
  json::Json use = {{"path", printable(config.path)}};
  if (!config.profile.empty()) use["profile"] = printable(config.profile);
  report["config"] = std::move(use);
}

}  // namespace slim
