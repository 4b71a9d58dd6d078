// Where the time went: --stats and --trace.
#pragma once

#include <string>
#include <vector>

#include "cache/cache.h"
#include "model/stage_time.h"
#include "report/painter.h"
#include "util/trace.h"

namespace slim {

// A row for each stage: time on the clock, how many processors it kept busy, bytes, megabytes in a second,
// and peak memory.
std::string stats_table(const std::vector<StageTime>& stages, const Painter& paint, std::size_t width);

// What the cache had, a line; "" where there is none.
std::string cache_line(const cache::Use& use, std::size_t width);

// The Trace Event Format that chrome://tracing and ui.perfetto.dev open: complete events ("X"), microseconds.
std::string chrome_trace(const std::vector<trace::Event>& events);

}  // namespace slim
