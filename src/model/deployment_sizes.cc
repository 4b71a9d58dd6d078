#include "model/deployment_sizes.h"

#include <map>

namespace slim {
namespace {

void add_owners(const Part& part, std::map<std::string, OwnerSize>& owners) {
  for (std::size_t i = 0; i < part.package->entries.size(); ++i) {
    if (part.package->entries[i].type == EntryType::directory) continue;
    OwnerSize& owner = owners[part.inspection->owner[i]];
    owner.unpacked += part.package->entries[i].size;
  }
  for (const Distribution& distribution : part.inspection->distributions) {
    const auto found = owners.find(distribution.name);
    if (found != owners.end()) found->second.version = distribution.version;
  }
}

}  // namespace

DeploymentSizes measure(std::span<const Part> parts) {
  DeploymentSizes sizes;
  std::map<std::string, OwnerSize> owners;
  sizes.zipped = 0;
  for (const Part& part : parts) {
    PartSize size{part.package->path, std::nullopt, unpacked_bytes(*part.package)};
    if (part.package->format == ContainerFormat::zip) size.zipped = part.package->container_bytes;
    if (sizes.zipped && size.zipped) {
      *sizes.zipped += *size.zipped;
    } else {
      sizes.zipped.reset();
    }
    sizes.unpacked += size.unpacked;
    sizes.parts.push_back(std::move(size));
    add_owners(part, owners);
  }
  for (auto& [name, owner] : owners) {
    owner.name = name;
    sizes.owners.push_back(std::move(owner));
  }
  return sizes;
}

}  // namespace slim
