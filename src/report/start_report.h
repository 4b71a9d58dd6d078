// What a cold start costs, in the reports.
#pragma once

#include <string>
#include <string_view>

#include "json/json.h"
#include "model/inspection.h"
#include "report/painter.h"
#include "report/report.h"

namespace slim {

// The sentence for people, with what buys the cost back; empty where there is nothing to tell.
std::string cost_sentence(const RunReport& report);
// Seconds differ from run to run: for the terminal alone.
std::string time_sentence(const RunReport& report);
std::string terminal_start(const RunReport& report, const Painter& paint, std::size_t width);
void add_start(json::Json& json, const RunReport& report);

// The modules of the start, for --write-start-list.
std::string start_list_text(const Inspection& inspection);

}  // namespace slim
