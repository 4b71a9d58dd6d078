// Any bytes as a tar in any packing: read, every file loaded. No crash, no hang, no disk filled.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "archive/tar.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace slim;
  Descriptor file(memfd_create("tar", MFD_CLOEXEC));
  if (!file || !write_all_at(file.get(), {data, size}, 0)) std::abort();
  const auto contents = archive::read_tar(std::move(file));
  if (!contents) return 0;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < contents->entries.size(); ++i) {
    const Entry& entry = contents->entries[i];
    if (entry.type != EntryType::file) continue;
    total += entry.size;
    if (total > 16'000'000) return 0;
    const auto bytes = contents->source->load(i);
    if (!bytes || bytes->size() != entry.size) std::abort();
  }
  return 0;
}
