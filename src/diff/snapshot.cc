#include "diff/diff.h"
#include "hash/hash.h"
#include "json/json.h"
#include "util/format.h"

namespace slim {
namespace {

using json::Json;

// Reports do not say which package a file belongs to that slim has added: it is that of the files around it.
std::string owner_around(const Snapshot& snapshot, const std::string& path) {
  const std::string top = path.substr(0, path.find('/') + 1);
  const auto near = snapshot.files.lower_bound(top);
  return near != snapshot.files.end() && near->first.starts_with(top) ? near->second.owner : path;
}

void add_additions(const Json& report, Snapshot& snapshot) {
  for (const Json& item : report.at("additions").items()) {
    const std::uint64_t bytes = item.at("unpacked_after").unsigned_integer();
    const std::string& path = item.at("path").text();
    snapshot.files[path] = {owner_around(snapshot, path), bytes, ""};
    snapshot.unpacked += bytes;
  }
}

}  // namespace

Snapshot snapshot_of(const Package& package, const Inspection& inspection) {
  Snapshot snapshot;
  snapshot.path = package.path;
  if (package.format == ContainerFormat::zip) snapshot.zipped = package.container_bytes;
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const Entry& entry = package.entries[i];
    if (entry.type == EntryType::directory) continue;
    snapshot.files[printable(entry.path)] = {printable(inspection.owner[i]), entry.size,
                                             to_hex(inspection.files[i].hash)};
    snapshot.unpacked += entry.size;
  }
  for (const Distribution& distribution : inspection.distributions)
    snapshot.versions[printable(distribution.name)] = printable(distribution.version);
  return snapshot;
}

Result<Snapshot> snapshot_of_report(const std::string& path, std::string_view text) {
  TRY(const Json report, json::parse(text));
  if (report.at("schema").text() != "slim-report-1")
    return fail("is neither a package nor a JSON report of slim: name a zip, or what --json wrote");
  Snapshot snapshot;
  snapshot.path = path;
  const Json& totals = report.at("totals");
  const bool is_zip = !totals.at("packed_after").is_null();  // nothing else packs each file
  if (is_zip) snapshot.zipped = totals.at("container_after").unsigned_integer();
  for (const Json& file : report.at("files").items()) {
    if (file.at("action").text() == "drop") continue;
    const std::uint64_t bytes = file.at("unpacked_after").unsigned_integer();
    snapshot.files[file.at("path").text()] = {file.at("package").text(), bytes, file.at("xxh3_after").text()};
    snapshot.unpacked += bytes;
  }
  add_additions(report, snapshot);
  for (const Json& distribution : report.at("input").at("distributions").items())
    snapshot.versions[distribution.at("name").text()] = distribution.at("version").text();
  return snapshot;
}

}  // namespace slim
