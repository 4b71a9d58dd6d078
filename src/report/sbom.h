// A bill of materials of the input, so that scanners which read the package later don't go blind.
#pragma once

#include <string>

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// CycloneDX 1.6 JSON (ECMA-424). Without serial number and time: the same package gives the same bytes.
std::string cyclonedx_sbom(const Package& package, const Inspection& inspection);

}  // namespace slim
