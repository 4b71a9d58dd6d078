#include "read/read.h"

namespace slim {

Result<Package> read_package(const std::string& path, archive::Backslashes backslashes) {
  TRY(archive::Contents contents, archive::open_container(path, backslashes));
  return Package{.path = path,
                 .format = contents.format,
                 .container_bytes = contents.container_bytes,
                 .entries = std::move(contents.entries),
                 .source = std::move(contents.source),
                 .frame = std::move(contents.frame),
                 .is_program = contents.is_program,
                 .backslash_names = std::move(contents.backslash_names),
                 .replaced = contents.replaced};
}

}  // namespace slim
