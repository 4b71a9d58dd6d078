#include "report/sbom.h"

#include <algorithm>
#include <map>

#include "json/json.h"
#include "util/ascii.h"
#include "util/format.h"
#include "util/percent.h"
#include "util/version.h"

namespace slim {
namespace {

using json::Json;

// PyPI's purl type wants lower case and dashes.
std::string pypi_name(std::string name) {
  for (char& c : name) {
    c = c == '_' ? '-' : lower_case(c);
  }
  return name;
}

std::string purl(const Component& component) {
  const std::string name = component.ecosystem == "pypi" ? pypi_name(component.name) : component.name;
  const std::string group = component.group.empty() ? "" : percent_encoded(component.group) + "/";
  const std::string version = component.version.empty() ? "" : "@" + percent_encoded(component.version);
  return format("pkg:{}/{}{}{}", component.ecosystem, group, percent_encoded(name), version);
}

Json component_json(const Component& component, std::size_t number, const std::vector<std::string>& paths) {
  Json json = Json::object();
  json["type"] = "library";
  json["bom-ref"] = format("{}#{}", purl(component), number);
  if (!component.group.empty()) json["group"] = printable(component.group);
  json["name"] = printable(component.name);
  if (!component.version.empty()) json["version"] = printable(component.version);
  if (!component.sha256.empty()) {
    json["hashes"] = Json::array();
    json["hashes"].push_back({{"alg", "SHA-256"}, {"content", component.sha256}});
  }
  if (!component.licence.empty()) {
    Json licence = Json::object();
    if (component.licence_is_spdx) {
      licence["expression"] = printable(component.licence);
    } else {
      licence["license"] = {{"name", printable(component.licence)}};
    }
    json["licenses"] = Json::array();
    json["licenses"].push_back(std::move(licence));
  }
  json["purl"] = purl(component);
  Json occurrences = Json::array();
  for (const std::string& path : paths) occurrences.push_back({{"location", printable(path)}});
  json["evidence"] = {{"occurrences", std::move(occurrences)}};
  return json;
}

}  // namespace

std::string cyclonedx_sbom(const Package& package, const Inspection& inspection) {
  Json bom = Json::object();
  bom["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json";
  bom["bomFormat"] = "CycloneDX";
  bom["specVersion"] = "1.6";
  bom["version"] = 1;
  Json tool = {{"type", "application"}, {"name", "slim"}, {"version", version()}};
  Json tools = Json::object();
  tools["components"] = Json::array();
  tools["components"].push_back(std::move(tool));
  const std::size_t slash = package.path.find_last_of('/');
  bom["metadata"] = {
      {"tools", std::move(tools)},
      {"component", Json({{"type", "application"}, {"name", printable(package.path.substr(slash + 1))}})}};

  // The same version of a package in several places (nested node_modules) is one component found in each.
  std::map<std::pair<std::string, std::string>, std::pair<const Component*, std::vector<std::string>>> found;
  for (const Component& component : inspection.components) {
    auto& [first, paths] = found[{purl(component), component.sha256}];
    if (first == nullptr) first = &component;
    paths.push_back(component.path);
  }
  Json components = Json::array();
  for (const auto& [key, value] : found) {
    components.push_back(component_json(*value.first, components.items().size(), value.second));
  }
  bom["components"] = std::move(components);
  return bom.dump() + "\n";
}

}  // namespace slim
