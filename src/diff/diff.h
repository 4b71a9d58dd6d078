// What differs between two packages, or between a package and what a report says it was.
#pragma once

#include <string>
#include <string_view>

#include "model/comparison.h"
#include "model/inspection.h"
#include "model/package.h"
#include "util/result.h"

namespace slim {

Snapshot snapshot_of(const Package& package, const Inspection& inspection);

// From slim's JSON report: the package as that run left it. Errors: a text that is no such report.
Result<Snapshot> snapshot_of_report(const std::string& path, std::string_view text);

Comparison compare(Snapshot before, Snapshot after);

}  // namespace slim
