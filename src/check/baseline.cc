// The ratchet: sizes are written to a file that is committed with the code; a later deployment that is larger
// than that file allows fails, and what grew is named. Accepting the growth is a commit of its own.
#include <algorithm>
#include <map>

#include "check/sizes.h"
#include "json/json.h"
#include "util/format.h"

namespace slim {
namespace {

using json::Json;

constexpr const char* kSchema = "slim-baseline-1";
constexpr std::size_t kMostNamed = 5;

struct Growth {
  std::string text;  // "numpy 2.2.6 → 2.4.6 +3.1 MB"
  std::uint64_t bytes = 0;
};

std::map<std::string, OwnerSize> owners_of(const Json& baseline) {
  std::map<std::string, OwnerSize> owners;
  for (const Json& item : baseline.at("packages").items()) {
    const std::string& name = item.at("name").text();
    owners[name] = {name, item.at("version").text(), item.at("unpacked").unsigned_integer()};
  }
  return owners;
}

std::string versions(const OwnerSize* before, const OwnerSize& now) {
  if (before == nullptr) return (now.version.empty() ? "" : " " + printable(now.version)) + " (new)";
  if (before->version == now.version || now.version.empty() || before->version.empty()) return {};
  return format(" {} → {}", printable(before->version), printable(now.version));
}

// The packages that grew, most bytes first.
std::string grown(const DeploymentSizes& sizes, const std::map<std::string, OwnerSize>& before) {
  std::vector<Growth> growths;
  for (const OwnerSize& owner : sizes.owners) {
    const auto found = before.find(printable(owner.name));
    const OwnerSize* old = found == before.end() ? nullptr : &found->second;
    const std::uint64_t was = old == nullptr ? 0 : old->unpacked;
    if (owner.unpacked <= was) continue;
    const std::uint64_t more = owner.unpacked - was;
    growths.push_back(
        {format("{}{} +{}", printable(owner.name), versions(old, owner), human_bytes(more)), more});
  }
  std::ranges::stable_sort(growths, std::greater{}, &Growth::bytes);
  std::string out;
  for (std::size_t i = 0; i < std::min(kMostNamed, growths.size()); ++i)
    out += (i == 0 ? "" : ", ") + growths[i].text;
  if (growths.size() > kMostNamed) out += format(" and {} more", growths.size() - kMostNamed);
  return out.empty() ? "no package grew unpacked, it packs worse" : out;
}

}  // namespace

std::string baseline_text(const DeploymentSizes& sizes) {
  Json json = {{"schema", kSchema}};
  if (sizes.zipped) json["zip"] = *sizes.zipped;
  json["unpacked"] = sizes.unpacked;
  Json packages = Json::array();
  for (const OwnerSize& owner : sizes.owners) {
    Json item = {{"name", printable(owner.name)}};
    if (!owner.version.empty()) item["version"] = printable(owner.version);
    item["unpacked"] = owner.unpacked;
    packages.push_back(std::move(item));
  }
  json["packages"] = std::move(packages);
  return json.dump() + "\n";
}

Result<std::vector<Finding>> check_growth(const DeploymentSizes& sizes, std::string_view baseline,
                                          const Allowance& allowed) {
  TRY(const Json before, json::parse(baseline));
  if (before.at("schema").text() != kSchema)
    return fail("is no baseline of this version: write it anew with --update-baseline");
  const std::map<std::string, OwnerSize> owners = owners_of(before);
  std::vector<Finding> findings;
  const auto compare = [&](const char* what, std::uint64_t was, std::uint64_t is) {
    if (is <= allowed.above(was)) return;
    const double percent =
        was == 0 ? 100.0 : 100.0 * static_cast<double>(is - was) / static_cast<double>(was);
    findings.push_back(
        {Severity::error, "grown", "",
         format("{} grew from {} to {} bytes (+{:.1f} %), more than the {} that --max-growth allows: "
                "{}; take it back, or accept it with --update-baseline",
                what, with_commas(was), with_commas(is), percent, allowed.text(), grown(sizes, owners))});
  };
  if (sizes.zipped && !before.at("zip").is_null())
    compare("zip", before.at("zip").unsigned_integer(), *sizes.zipped);
  compare("unpacked", before.at("unpacked").unsigned_integer(), sizes.unpacked);
  return findings;
}

}  // namespace slim
