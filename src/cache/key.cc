#include "cache/key.h"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <string>

#include "cache/record.h"
#include "util/file.h"

namespace slim::cache {
namespace {

// A note: sizes of name and description, type, name, description, both padded to 4 bytes (gABI, "Note
// Section").
ByteView build_id_in(ByteView notes) {
  const ByteReader reader(notes);
  std::uint64_t at = 0;
  while (reader.covers(at, 12)) {
    const auto padded = [](std::uint64_t size) { return (size + 3) / 4 * 4; };
    const std::uint64_t name = reader.read<std::uint32_t>(at).value_or(0);
    const std::uint64_t size = reader.read<std::uint32_t>(at + 4).value_or(0);
    const std::uint32_t type = reader.read<std::uint32_t>(at + 8).value_or(0);
    const std::uint64_t description = at + 12 + padded(name);
    if (type == NT_GNU_BUILD_ID && name == 4) return reader.slice(description, size).value_or(ByteView());
    at = description + padded(size);
  }
  return {};
}

// The libraries that results come from. The others that are loaded (libc, the kernel's vDSO) differ between
// machines that may well share results.
constexpr std::array<std::string_view, 2> kMakers = {"libdeflate", "libLIEF"};

bool makes_results(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return std::ranges::any_of(kMakers, [&](std::string_view maker) { return name.starts_with(maker); });
}

ByteView build_id_of(const dl_phdr_info& object) {
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const auto& header = object.dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    const ByteView id = build_id_in(
        {reinterpret_cast<const std::uint8_t*>(object.dlpi_addr + header.p_vaddr), header.p_memsz});
    if (!id.empty()) return id;
  }
  return {};
}

int add_object(dl_phdr_info* object, std::size_t, void* out) {
  auto& identity = *static_cast<RecordWriter*>(out);
  const bool is_slim = identity.written().empty();  // the program itself comes first (dl_iterate_phdr(3))
  if (!is_slim && !makes_results(object->dlpi_name)) return 0;
  const ByteView id = build_id_of(*object);
  const std::string path = is_slim ? "/proc/self/exe" : object->dlpi_name;
  identity.bytes(id.empty() ? ByteView(sha256(read_file(path).value_or(Bytes()))) : id);
  return 0;
}

}  // namespace

const Sha256& program_identity() {
  static const Sha256 identity = [] {
    RecordWriter objects;
    dl_iterate_phdr(add_object, &objects);
    return sha256(objects.written());
  }();
  return identity;
}

KeyMaker::KeyMaker(std::string_view purpose) {
  add(purpose);
  add(ByteView(program_identity()));
}

KeyMaker& KeyMaker::add(ByteView part) {
  add(static_cast<std::uint64_t>(part.size()));
  parts_.insert(parts_.end(), part.begin(), part.end());
  return *this;
}

KeyMaker& KeyMaker::add(std::uint64_t number) {
  for (int i = 0; i < 8; ++i) parts_.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  return *this;
}

}  // namespace slim::cache
