// How large a function and its layers are, in all and by package.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/deployment.h"

namespace slim {

struct OwnerSize {
  std::string name;     // of the distribution, npm package or top folder
  std::string version;  // of a distribution, else empty
  std::uint64_t unpacked = 0;
};

struct PartSize {
  std::string path;                     // of the package
  std::optional<std::uint64_t> zipped;  // of zips only
  std::uint64_t unpacked = 0;
};

struct DeploymentSizes {
  std::vector<PartSize> parts;
  std::optional<std::uint64_t> zipped;  // in all; nothing where a part is no zip
  std::uint64_t unpacked = 0;
  std::vector<OwnerSize> owners;  // over all parts, sorted by name
};

DeploymentSizes measure(std::span<const Part> parts);

}  // namespace slim
