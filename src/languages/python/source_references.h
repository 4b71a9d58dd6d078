// What a Python source refers to, among the package's own modules, files and folders.
#pragma once

#include <string>
#include <vector>

#include "languages/python/package_names.h"
#include "model/inspection.h"
#include "python/scanner.h"

namespace slim {

// Adds the references of the source at `path`, of which the scanner has told `source`.
void read_source_references(const python::SourceFacts& source, const std::string& path,
                            const PackageNames& names, std::vector<Reference>& out);

}  // namespace slim
