// A .pyc begins with a magic number of 16 bits and "\r\n", 32 bits of flags, and then either the date and
// size of the source (32 bits each) or a hash of it (64 bits). Python loads bytecode by date only while the
// source has exactly that date; a zip with one fixed date makes all of it stale, and on a read-only disk
// every module is then compiled again at each start (serverless/serverless#13889). Bytecode with an unchecked
// hash is loaded whatever the date (PEP 552), which is safe where source and bytecode are shipped together
// and never change.
#include "python/bytecode.h"

#include <array>

#include "hash/siphash.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::python {
namespace {

constexpr std::uint32_t line_end = 0x0A0D0000;  // "\r\n" behind the magic number
constexpr std::uint16_t magic_311 = 3495;       // SipHash with 1-3 rounds from here on

struct Release {
  int minor;
  std::uint16_t magic;
};
// Python 3.n begins with 2900 + 50n since 3.11, and counts on up to its last release candidates. 3.15's is
// that of 3.15.0rc1; a Python whose own number differs is told before it compiles anything.
constexpr std::array<Release, 8> releases{
    {{8, 3413}, {9, 3425}, {10, 3439}, {11, 3495}, {12, 3531}, {13, 3571}, {14, 3627}, {15, 3666}}};

std::uint32_t raw_magic(std::uint16_t magic) { return line_end | magic; }

}  // namespace

std::optional<BytecodeHeader> read_bytecode_header(ByteView file) {
  const ByteReader reader(file);
  if (!reader.covers(0, bytecode_header_size)) return std::nullopt;
  const auto first = reader.read<std::uint32_t>(0).value_or(0);
  if ((first & 0xFFFF0000) != line_end) return std::nullopt;
  BytecodeHeader header;
  header.magic = static_cast<std::uint16_t>(first);
  header.flags = reader.read<std::uint32_t>(4).value_or(0);
  if (header.flags != 0 && header.flags != 1 && header.flags != 3) return std::nullopt;
  if (header.by_hash()) {
    header.source_hash = reader.read<std::uint64_t>(8).value_or(0);
  } else {
    header.source_time = reader.read<std::uint32_t>(8).value_or(0);
    header.source_size = reader.read<std::uint32_t>(12).value_or(0);
  }
  return header;
}

std::optional<std::uint16_t> bytecode_magic(int major, int minor) {
  for (const Release& release : releases) {
    if (major == 3 && minor == release.minor) return release.magic;
  }
  return std::nullopt;
}

std::string cache_tag(int major, int minor) { return format("cpython-{}{}", major, minor); }

Result<std::uint64_t> source_hash(ByteView source, std::uint16_t magic) {
  const bool newer = magic >= magic_311;
  return siphash(source, raw_magic(magic), 0, newer ? 1 : 2, newer ? 3 : 4);
}

Bytes bytecode_file(std::uint16_t magic, std::uint64_t source_hash, ByteView code) {
  Bytes out;
  const auto put = [&](std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  };
  put(raw_magic(magic), 4);
  put(1, 4);
  put(source_hash, 8);
  out.insert(out.end(), code.begin(), code.end());
  return out;
}

Bytes with_unchecked_header(ByteView file, std::uint16_t magic, std::uint64_t source_hash) {
  return bytecode_file(magic, source_hash, file.subspan(bytecode_header_size));
}

bool is_cached_bytecode(std::string_view path) {
  return path.ends_with(".pyc") && base_name(parent_of(path)) == "__pycache__";
}

bool is_lone_bytecode(std::string_view path) { return path.ends_with(".pyc") && !is_cached_bytecode(path); }

std::string source_of_bytecode(std::string_view path) {
  const std::string_view name = base_name(path);
  std::string folder(folder_of(path));
  constexpr std::string_view cache = "__pycache__/";
  if (!folder.ends_with(cache)) return folder + std::string(name.substr(0, name.rfind('.'))) + ".py";
  folder.resize(folder.size() - cache.size());
  return folder + std::string(name.substr(0, name.find('.'))) + ".py";
}

std::string bytecode_of_source(std::string_view path, std::string_view cache_tag) {
  const std::string_view name = base_name(path);
  return format("{}__pycache__/{}.{}.pyc", folder_of(path), name.substr(0, name.size() - 3), cache_tag);
}

}  // namespace slim::python
