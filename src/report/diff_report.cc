#include "report/diff_report.h"

#include <algorithm>

#include "json/json.h"
#include "report/change.h"
#include "report/painter.h"
#include "report/text_table.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

constexpr std::size_t kMostRows = 20;  // of packages and of files; the JSON report has all

TextTable::Cell change_cell(std::uint64_t before, std::uint64_t after) {
  const Ink ink = after > before ? Ink::red : after < before ? Ink::green : Ink::plain;
  return {signed_bytes(before, after), ink};
}

std::string sizes_table(const Snapshot& before, const Snapshot& after, const Painter& paint,
                        std::size_t width) {
  TextTable table({"", 10}, {{"before", 11}, {"after", 11}, {"change", 11}});
  table.add_row({"unpacked"}, {{human_bytes(before.unpacked)},
                               {human_bytes(after.unpacked), Ink::bold},
                               change_cell(before.unpacked, after.unpacked)});
  if (before.zipped && after.zipped) {
    table.add_row({"zipped"}, {{human_bytes(*before.zipped)},
                               {human_bytes(*after.zipped), Ink::bold},
                               change_cell(*before.zipped, *after.zipped)});
  }
  return table.text(paint, width);
}

// "2.2.6 → 2.4.6", "new", "gone", or nothing where the version stayed.
std::string version_change(const OwnerChange& owner) {
  if (owner.version_before == owner.version_after) return {};
  if (owner.version_before.empty()) return owner.version_after + (owner.before == 0 ? " (new)" : "");
  if (owner.version_after.empty()) return owner.version_before + (owner.after == 0 ? " (gone)" : "");
  return owner.version_before + " → " + owner.version_after;
}

std::string owners_table(const Comparison& comparison, const Painter& paint, std::size_t width) {
  TextTable table({"by package", 30}, {{"before", 11}, {"after", 11}, {"change", 11}, {"", 0, true}});
  for (std::size_t i = 0; i < std::min(kMostRows, comparison.owners.size()); ++i) {
    const OwnerChange& owner = comparison.owners[i];
    table.add_row({owner.name}, {{human_bytes(owner.before)},
                                 {human_bytes(owner.after)},
                                 change_cell(owner.before, owner.after),
                                 {version_change(owner), Ink::cyan}});
  }
  if (comparison.owners.size() <= kMostRows) return table.text(paint, width);
  const std::size_t more = comparison.owners.size() - kMostRows;
  return table.text(paint, width) + paint.dim(format("  … and {} more: see --json\n", with_commas(more)));
}

// A path that doesn't fit beside its figures stands below them, if need be without its middle: the JSON
// report has it whole.
std::string files_table(const Comparison& comparison, const Painter& paint, std::size_t width) {
  const std::size_t before_path = 2 + 8 + 1 + 11 + 2;
  std::string out = paint.dim(format("  {:<8} {:>11}\n", "file", "change"));
  for (std::size_t i = 0; i < std::min(kMostRows, comparison.files.size()); ++i) {
    const FileChange& file = comparison.files[i];
    const TextTable::Cell change = change_cell(file.before, file.after);
    const bool beside = width == kAnyWidth || before_path + columns(file.path) <= width;
    out += format("  {:<8} {}{}{}\n", change_name(file.change),
                  paint.ink(change.ink, format("{:>11}", change.text)), beside ? "  " : "\n    ",
                  beside ? file.path : shortened(file.path, width - 4));
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
  const std::string from = printable(comparison.before.path);
  const std::string to = printable(comparison.after.path);
  const bool fits = columns(from) + columns(to) + 15 <= style.width;
  std::string out = format("{} {}{}→  {}\n\n", paint.bold("slim diff"), from, fits ? "  " : "\n  ", to);
  out += sizes_table(comparison.before, comparison.after, paint, style.width);
  if (comparison.files.empty()) return out + "\n  The same files with the same bytes.\n";
  return out + "\n" + owners_table(comparison, paint, style.width) + "\n" +
         files_table(comparison, paint, style.width);
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
