// Who says what a piece of software is: METADATA of a Python distribution (core metadata specification),
// package.json of an npm package, META-INF/maven/<group>/<artifact>/pom.properties of a jar, else the jar's
// file name.
#include "inspect/components.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "archive/zip.h"
#include "hash/sha256.h"
#include "json/json.h"
#include "util/path.h"

namespace slim {
namespace {

constexpr std::uint64_t kLargestManifest = 1 << 20;

// The value of the first line "key<separator>value", up to the first empty line.
std::string header(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    if (line.starts_with(key)) return std::string(line.substr(key.size()));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return {};
}

// The licence that METADATA states: an SPDX expression (PEP 639), else the old field, if it is a name and not
// a text, else the last part of the first classifier.
void read_python_licence(std::string_view metadata, Component& component) {
  component.licence = header(metadata, "License-Expression: ");
  component.licence_is_spdx = !component.licence.empty();
  if (component.licence.empty()) component.licence = header(metadata, "License: ");
  constexpr std::size_t longest_name = 80;
  if (!component.licence.empty() && component.licence.size() <= longest_name &&
      component.licence != "UNKNOWN")
    return;
  const std::string classifier = header(metadata, "Classifier: License :: ");
  const std::size_t last = classifier.rfind(":: ");
  component.licence = last == std::string::npos ? classifier : classifier.substr(last + 3);
}

Status add_python(const Package& package, Inspection& inspection) {
  for (const Distribution& distribution : inspection.distributions) {
    Component component;
    component.ecosystem = "pypi";
    component.name = distribution.name;
    component.version = distribution.version;
    component.path = distribution.info_dir;
    for (const char* name : {"/METADATA", "/PKG-INFO", ""}) {
      const auto index = find_entry(package, distribution.info_dir + name);
      if (!index || package.entries[*index].type != EntryType::file) continue;
      TRY(const Bytes bytes, package.load(*index));
      read_python_licence(as_text(bytes), component);
      break;
    }
    inspection.components.push_back(std::move(component));
  }
  return {};
}

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

// "guava-33.0.0-jre.jar" -> guava, 33.0.0-jre: the version begins at the first dash before a digit.
void name_from_jar(std::string_view file, Component& component) {
  file.remove_suffix(std::string_view(".jar").size());
  std::size_t dash = file.find('-');
  while (dash != std::string_view::npos &&
         (dash + 1 >= file.size() || file[dash + 1] < '0' || file[dash + 1] > '9')) {
    dash = file.find('-', dash + 1);
  }
  component.name = file.substr(0, dash);
  if (dash != std::string_view::npos) component.version = file.substr(dash + 1);
}

std::optional<archive::Contents> open_jar(ByteView bytes) {
  const int descriptor = memfd_create("jar", MFD_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  Descriptor file(descriptor);
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t written = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (written <= 0) return std::nullopt;
    done += static_cast<std::size_t>(written);
  }
  Result<archive::Contents> contents = archive::read_zip(std::move(file));
  if (!contents) return std::nullopt;
  return std::move(*contents);
}

// A jar with several pom.properties has others shaded into it: each is a component, with the jar's hash.
Status add_jar(const Package& package, std::size_t i, Inspection& inspection) {
  TRY(const Bytes bytes, package.load(i));
  Component jar;
  jar.ecosystem = "maven";
  jar.path = package.entries[i].path;
  jar.sha256 = sha256_hex(bytes);
  bool named = false;
  if (const auto contents = open_jar(bytes)) {
    for (std::size_t k = 0; k < contents->entries.size(); ++k) {
      const Entry& entry = contents->entries[k];
      const bool is_pom =
          entry.path.starts_with("META-INF/maven/") && entry.path.ends_with("/pom.properties");
      if (!is_pom || entry.size > kLargestManifest) continue;
      const auto text = contents->source->load(k);
      if (!text) continue;
      jar.group = header(as_text(*text), "groupId=");
      jar.name = header(as_text(*text), "artifactId=");
      jar.version = header(as_text(*text), "version=");
      if (jar.name.empty()) continue;
      inspection.components.push_back(jar);
      named = true;
    }
  }
  if (named) return {};
  jar.group.clear();
  name_from_jar(base_name(jar.path), jar);
  inspection.components.push_back(std::move(jar));
  return {};
}

}  // namespace

Status find_components(const Package& package, Inspection& inspection) {
  CHECK_OK(add_python(package, inspection));
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    const Entry& entry = package.entries[i];
    if (entry.type != EntryType::file) continue;
    if (is_npm_manifest(entry.path) && entry.size <= kLargestManifest)
      CHECK_OK(add_npm(package, i, inspection));
    const bool is_jar = inspection.files[i].kind == FileKind::zip && entry.path.ends_with(".jar");
    if (is_jar) CHECK_OK(add_jar(package, i, inspection));
  }
  std::ranges::stable_sort(inspection.components, {}, &Component::path);
  return {};
}

}  // namespace slim
