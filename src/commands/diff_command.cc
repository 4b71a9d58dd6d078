#include "commands/diff_command.h"

#include "diff/diff.h"
#include "inspect/inspect.h"
#include "read/read.h"
#include "report/diff_report.h"
#include "report/output.h"
#include "util/file.h"
#include "util/format.h"

namespace slim {
namespace {

// A package, or the JSON report of a run that made one.
Result<Snapshot> snapshot(const std::string& path) {
  if (path.ends_with(".json")) {
    TRY(const Bytes text, read_file(path));
    Result<Snapshot> from_report = snapshot_of_report(path, as_text(text));
    if (!from_report) return tl::unexpected(at(printable(path), std::move(from_report.error())));
    return from_report;
  }
  NoProgress progress;
  TRY(const Package package, read_package(path));
  TRY(const Inspection inspection, inspect_package(package, Options{}, progress));
  return snapshot_of(package, inspection);
}

}  // namespace

Result<int> run_diff_command(const DiffCommand& command) {
  TRY(Snapshot before, snapshot(command.before));
  TRY(Snapshot after, snapshot(command.after));
  const Comparison comparison = compare(std::move(before), std::move(after));
  if (!command.json.empty()) CHECK_OK(write_or_print(command.json, diff_json_report(comparison)));
  if (command.json != "-") CHECK_OK(print_text(diff_terminal_report(comparison, style_of_stdout())));
  return 0;
}

}  // namespace slim
