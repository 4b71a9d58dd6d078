// package.json tells what an npm package is.
#include "languages/node/components.h"

#include <string_view>

#include "json/json.h"
#include "util/path.h"

namespace slim {
namespace {

constexpr std::uint64_t kLargestManifest = 1 << 20;

// node_modules/x/package.json and node_modules/@s/x/package.json, not those deeper inside, which are data.
bool is_npm_manifest(std::string_view path) {
  if (path == "package.json") return true;
  if (base_name(path) != "package.json") return false;
  const std::string_view folder = parent_of(path);
  std::string_view above = parent_of(folder);
  if (base_name(above).starts_with('@')) above = parent_of(above);
  return base_name(above) == "node_modules";
}

Status add_npm(const Package& package, std::size_t i, Inspection& inspection) {
  TRY(const Bytes bytes, package.load(i));
  const auto manifest = json::parse(as_text(bytes));
  if (!manifest) return {};
  Component component;
  component.ecosystem = "npm";
  component.name = manifest->at("name").text();
  component.version = manifest->at("version").text();
  const json::Json& licence = manifest->at("license");
  component.licence = licence.is_object() ? licence.at("type").text() : licence.text();
  component.path = package.entries[i].path;
  if (component.name.empty() || component.version.empty()) return {};
  if (component.name.starts_with('@')) {
    const std::size_t slash = component.name.find('/');
    if (slash == std::string::npos) return {};
    component.group = component.name.substr(0, slash);
    component.name.erase(0, slash + 1);
  }
  inspection.components.push_back(std::move(component));
  return {};
}

}  // namespace

Status find_node_components(const Package& package, Inspection& inspection) {
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const Entry& entry = package.entries[i];
    if (entry.type == EntryType::file && is_npm_manifest(entry.path) && entry.size <= kLargestManifest)
      CHECK_OK(add_npm(package, i, inspection));
  }
  return {};
}

}  // namespace slim
