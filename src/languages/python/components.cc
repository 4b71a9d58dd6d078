// METADATA tells what a distribution is (core metadata specification).
#include "languages/python/components.h"

#include <string_view>

#include "util/header_lines.h"
#include "util/path.h"

namespace slim {
namespace {

// The licence that METADATA states: an SPDX expression (PEP 639), else the old field, if it is a name and not
// a text, else the last part of the first classifier.
void read_python_licence(std::string_view metadata, Component& component) {
  component.licence = header_value(metadata, "License-Expression: ");
  component.licence_is_spdx = !component.licence.empty();
  if (component.licence.empty()) component.licence = header_value(metadata, "License: ");
  constexpr std::size_t longest_name = 80;
  if (!component.licence.empty() && component.licence.size() <= longest_name &&
      component.licence != "UNKNOWN")
    return;
  const std::string classifier = header_value(metadata, "Classifier: License :: ");
  const std::size_t last = classifier.rfind(":: ");
  component.licence = last == std::string::npos ? classifier : classifier.substr(last + 3);
}

}  // namespace

Status find_python_components(const Package& package, Inspection& inspection) {
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

}  // namespace slim
