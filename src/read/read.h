// First stage: what is in the package? Decides the container by content, not by name.
#pragma once

#include <string>

#include "archive/container.h"
#include "model/package.h"

namespace slim {

// Reads the table of a zip, tar (plain, gzip, xz, zstd) or folder. Errors: names that would leave the package
// (absolute, "..", NUL, backslash), two entries of one name in a zip, encryption, unknown methods, damage;
// each one sentence that names the entry.
Result<Package> read_package(const std::string& path,
                             archive::Backslashes backslashes = archive::Backslashes::refused);

}  // namespace slim
