// Names, modes and dates that unpack badly. What no file system takes (names over 255 bytes, '..', '//') the
// read stage has refused before.
#include <unordered_map>

#include "archive/dos_time.h"
#include "check/checks.h"
#include "util/ascii.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

bool has_modes_of_its_own(const Deployment& deployment, Place place) {
  // pip gives a wheel's files their modes itself.
  return deployment.target().repacked ||
         deployment.parts()[place.part].inspection->shape == PackageShape::wheel ||
         is_of_image(deployment.parts()[place.part]);  // a system's secrets are not for Lambda's user
}

// Lambda runs the function as another user than the one who unpacks it.
void check_mode(Deployment& deployment, Place place) {
  const Entry& entry = deployment.entry(place);
  if (entry.type != EntryType::file || has_modes_of_its_own(deployment, place)) return;
  if ((entry.mode & 0004) == 0) {
    deployment.report(
        Severity::error, "unreadable", place,
        format("has mode {:04o}, so that Lambda's user can't read it: chmod 644 (755 for programs) before "
               "packing",
               entry.mode));
  }
}

void check_programs(Deployment& deployment, Place place) {
  const Entry& entry = deployment.entry(place);
  const Part& part = deployment.parts()[place.part];
  const Target& target = deployment.target();
  const bool own_runtime = target.runtime != nullptr && target.runtime->id.starts_with("provided");
  const bool is_entry_point = (own_runtime && entry.path == "bootstrap") ||
                              (part.mount == "/opt" && entry.path.starts_with("extensions/") &&
                               entry.path.find('/', 11) == std::string::npos);
  if (!is_entry_point || entry.type != EntryType::file || target.repacked || (entry.mode & 0001) != 0) return;
  deployment.report(
      Severity::error, "not-executable", place,
      format("has mode {:04o} and must be executable: chmod 755 before packing, or let slim write the "
             "package, which mends this",
             entry.mode));
}

void check_case(Deployment& deployment) {
  std::unordered_map<std::string, Place> seen;
  for (const Place place : deployment.files()) {
    const auto [found, is_new] = seen.emplace(in_lower_case(deployment.absolute(place)), place);
    if (is_new || deployment.absolute(found->second) == deployment.absolute(place)) continue;
    deployment.report(
        Severity::note, "case-collision", place,
        format("differs from {} in case only: one of them is lost where it is unpacked on macOS or "
               "Windows",
               printable(deployment.entry(found->second).path)));
  }
}

// A zip packer that counts from 1970 underflows DOS time, which starts in 1980, and lands in 2098 or later.
void check_dates(Deployment& deployment) {
  std::size_t count = 0;
  std::optional<Place> first;
  for (const Place place : deployment.files()) {
    const Entry& entry = deployment.entry(place);
    const bool late = entry.dos_time && archive::year_of_dos_time(*entry.dos_time) >= 2098;
    if (!late || deployment.target().repacked) continue;
    if (count++ == 0) first = place;
  }
  if (first) {
    deployment.report(
        Severity::warning, "impossible-date", *first,
        format("and {} entries in all are dated 2098 or later, an underflow of dates before 1980: set "
               "SOURCE_DATE_EPOCH to 315532800 or later when packing",
               with_commas(count)));
  }
}

// What was meant is told by slashes, and all else is checked so; one finding for all.
void check_backslashes(Deployment& deployment) {
  for (std::size_t part = 0; part < deployment.parts().size(); ++part) {
    const std::vector<std::string>& names = deployment.parts()[part].package->backslash_names;
    if (names.empty()) continue;
    deployment.report_part(
        Severity::error, "backslash-name", part,
        format(
            "and {} entries in all have backslashes in their names, which Linux takes as part of a file's "
            "name, so that there are no folders: Compress-Archive of Windows PowerShell 5 writes such zips; "
            "pack with PowerShell 7, 7-Zip or tar -a",
            with_commas(names.size())),
        names.front());
  }
}

}  // namespace

void check_names(Deployment& deployment) {
  check_backslashes(deployment);
  for (const Place place : deployment.files()) {
    check_mode(deployment, place);
    check_programs(deployment, place);
  }
  check_case(deployment);
  check_dates(deployment);
}

}  // namespace slim::check
