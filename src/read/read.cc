#include "read/read.h"

#include "archive/container.h"

namespace slim {

Result<Package> read_package(const std::string& path) {
  TRY(archive::Contents contents, archive::open_container(path));
  return Package{.path = path,
                 .format = contents.format,
                 .container_bytes = contents.container_bytes,
                 .entries = std::move(contents.entries),
                 .source = std::move(contents.source)};
}

}  // namespace slim
