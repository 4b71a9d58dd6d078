#include "read/read.h"

#include <algorithm>

#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

// What `docker save`, skopeo and buildx write (OCI Image Layout 1.1; Docker Image Specification 1.2): the
// layers lie in it as tars, named by hashes of their bytes. What is in them is out of every rule's sight.
bool holds_layers(const Package& package) {
  if (package.format == ContainerFormat::zip) return false;
  if (has_file(package, "oci-layout") && has_file(package, "index.json")) return true;
  return has_file(package, "manifest.json") && std::ranges::any_of(package.entries, [](const Entry& entry) {
           return base_name(entry.path) == "layer.tar";
         });
}

}  // namespace

Result<Package> read_package(const std::string& path, archive::Backslashes backslashes) {
  TRY(archive::Contents contents, archive::open_container(path, backslashes));
  Package package{.path = path,
                  .format = contents.format,
                  .container_bytes = contents.container_bytes,
                  .entries = std::move(contents.entries),
                  .source = std::move(contents.source),
                  .frame = std::move(contents.frame),
                  .is_program = contents.is_program,
                  .backslash_names = std::move(contents.backslash_names),
                  .replaced = contents.replaced};
  if (!holds_layers(package)) return package;
  return fail(
      format("{}: this is a whole container image, whose layers lie in it as tars: unpack it and give one "
             "of them (blobs/sha256/…, …/layer.tar), or slim in the image's own build",
             printable(path)));
}

}  // namespace slim
