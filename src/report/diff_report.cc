#include "report/diff_report.h"

#include <algorithm>

#include "json/json.h"
#include "report/painter.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

constexpr std::size_t kMostRows = 20;  // of packages and of files; the JSON report has all

std::string signed_bytes(std::uint64_t before, std::uint64_t after, const Painter& paint) {
  if (after > before) return paint.red(format("{:>11}", "+" + human_bytes(after - before)));
  if (after < before) return paint.green(format("{:>11}", "-" + human_bytes(before - after)));
  return format("{:>11}", "0 B");
}

std::string size_row(const char* label, std::uint64_t before, std::uint64_t after, const Painter& paint) {
  return format("  {:<10} {:>11}  →  {:>11}  {}\n", label, human_bytes(before), human_bytes(after),
                signed_bytes(before, after, paint));
}

// "2.2.6 → 2.4.6", "new", "gone", or nothing where the version stayed.
std::string version_change(const OwnerChange& owner) {
  if (owner.version_before == owner.version_after) return {};
  if (owner.version_before.empty()) return owner.version_after + (owner.before == 0 ? " (new)" : "");
  if (owner.version_after.empty()) return owner.version_before + (owner.after == 0 ? " (gone)" : "");
  return owner.version_before + " → " + owner.version_after;
}

std::string owners_table(const Comparison& comparison, const Painter& paint) {
  std::string out =
      paint.dim(format("  {:<30} {:>11} {:>11} {:>11}\n", "by package", "before", "after", "change"));
  for (std::size_t i = 0; i < std::min(kMostRows, comparison.owners.size()); ++i) {
    const OwnerChange& owner = comparison.owners[i];
    out += format("  {:<30} {:>11} {:>11} {}  {}\n", owner.name, human_bytes(owner.before),
                  human_bytes(owner.after), signed_bytes(owner.before, owner.after, paint),
                  paint.cyan(version_change(owner)));
  }
  return out;
}

std::string files_table(const Comparison& comparison, const Painter& paint) {
  std::string out = paint.dim(format("  {:<8} {:>11}  {}\n", "file", "change", ""));
  for (std::size_t i = 0; i < std::min(kMostRows, comparison.files.size()); ++i) {
    const FileChange& file = comparison.files[i];
    out += format("  {:<8} {}  {}\n", change_name(file.change), signed_bytes(file.before, file.after, paint),
                  file.path);
  }
  if (comparison.files.size() > kMostRows)
    out +=
        paint.dim(format("  … and {} more: see --json\n", with_commas(comparison.files.size() - kMostRows)));
  return out;
}

Json side_json(const Snapshot& snapshot) {
  Json json = {
      {"path", printable(snapshot.path)}, {"unpacked", snapshot.unpacked}, {"files", snapshot.files.size()}};
  if (snapshot.zipped) json["zip"] = *snapshot.zipped;
  return json;
}

Json owner_json(const OwnerChange& owner) {
  Json json = {
      {"package", owner.name}, {"before", owner.before}, {"after", owner.after}, {"files", owner.files}};
  if (!owner.version_before.empty()) json["version_before"] = owner.version_before;
  if (!owner.version_after.empty()) json["version_after"] = owner.version_after;
  return json;
}

}  // namespace

std::string diff_terminal_report(const Comparison& comparison, const TerminalStyle& style) {
  const Painter paint(style);
  const Snapshot& before = comparison.before;
  const Snapshot& after = comparison.after;
  std::string out =
      format("{} {}  →  {}\n\n", paint.bold("slim diff"), printable(before.path), printable(after.path));
  out += size_row("unpacked", before.unpacked, after.unpacked, paint);
  if (before.zipped && after.zipped) out += size_row("zipped", *before.zipped, *after.zipped, paint);
  if (comparison.files.empty()) return out + "\n  The same files with the same bytes.\n";
  return out + "\n" + owners_table(comparison, paint) + "\n" + files_table(comparison, paint);
}

std::string diff_json_report(const Comparison& comparison) {
  Json json = {{"schema", "slim-diff-1"}, {"slim", version()}};
  json["before"] = side_json(comparison.before);
  json["after"] = side_json(comparison.after);
  Json packages = Json::array();
  for (const OwnerChange& owner : comparison.owners) packages.push_back(owner_json(owner));
  json["packages"] = std::move(packages);
  Json files = Json::array();
  for (const FileChange& file : comparison.files) {
    files.push_back({{"path", file.path},
                     {"package", file.owner},
                     {"change", change_name(file.change)},
                     {"before", file.before},
                     {"after", file.after}});
  }
  json["files"] = std::move(files);
  return json.dump() + "\n";
}

}  // namespace slim
