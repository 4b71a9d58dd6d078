// Any bytes as a zip: read, every file loaded. No crash, no hang, no more memory than deflate can give for
// the bytes there are; and what can be read and written again reads the same.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "archive/zip.h"
#include "deflate/deflate.h"

namespace {

using namespace slim;

Descriptor in_memory(ByteView bytes) {
  Descriptor file(memfd_create("zip", MFD_CLOEXEC));
  if (!file || !write_all_at(file.get(), bytes, 0)) std::abort();
  return file;
}

void expect(bool truth) {
  if (!truth) std::abort();
}

// Regular files only, stored: what comes back must be the same.
void round_trip(const archive::Contents& contents, const std::vector<Bytes>& files) {
  std::vector<archive::ZipItem> items;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < contents.entries.size(); ++i) {
    if (contents.entries[i].type != EntryType::file) continue;
    items.push_back({contents.entries[i].path, 0100644});
    places.push_back(i);
  }
  if (items.empty()) return;
  const Descriptor out = in_memory({});
  const auto size = archive::write_zip(
      out.get(), items,
      [&](std::size_t i) -> Result<PackedEntry> {
        const Bytes& bytes = files[places[i]];
        return PackedEntry{
            .deflated = false, .size = bytes.size(), .crc = deflate::crc32(bytes), .packed = bytes};
      },
      [](std::size_t) {});
  if (!size) return;  // two names that the DOS code page makes one
  const auto again = archive::read_zip(Descriptor(dup(out.get())));
  expect(again.has_value() && again->entries.size() == items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    expect(again->entries[i].path == items[i].name);
    const auto bytes = again->source->load(i);
    expect(bytes.has_value() && *bytes == files[places[i]]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto contents = archive::read_zip(in_memory({data, size}));
  if (!contents) return 0;
  std::vector<Bytes> files(contents->entries.size());
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Entry& entry = contents->entries[i];
    expect(entry.size <= deflate::max_inflated_size(size));
    total += entry.size;
    if (entry.type != EntryType::file) continue;
    auto bytes = contents->source->load(i);
    if (!bytes) return 0;
    expect(bytes->size() == entry.size);
    files[i] = std::move(*bytes);
  }
  expect(total <= deflate::max_inflated_size(size));  // entries don't overlap
  round_trip(*contents, files);
  return 0;
}
