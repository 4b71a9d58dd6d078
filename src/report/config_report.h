// Which slim.toml a run went by.
#pragma once

#include <string>

#include "json/json.h"
#include "model/given.h"
#include "report/painter.h"

namespace slim {

// "  by slim.toml, profile layer" as a line of its own; "" without one.
std::string config_line(const ConfigUse& config, const Painter& paint);

// "config": {"path": …, "profile": …}, where there is one.
void add_config(json::Json& report, const ConfigUse& config);

}  // namespace slim
