// What texts other than Python name of the package's tests: configurations, templates, compiled code.
#pragma once

#include <string>
#include <string_view>

#include "languages/python/package_names.h"
#include "model/inspection.h"

namespace slim {

// YAML, TOML, JSON, INI and the like, and templates of text; not what configures the building and testing of
// a project, as that speaks of tests to run.
bool is_configuration(std::string_view path);

// Adds to facts.references.
void read_names_in_configuration(std::string_view text, const std::string& path, const PackageNames& names,
                                 FileFacts& facts);

// Compiled code shows paths among its text; adds those that lead into folders test and tests.
void read_paths_in_compiled(std::string_view text, const std::string& path, const PackageNames& names,
                            FileFacts& facts);

}  // namespace slim
