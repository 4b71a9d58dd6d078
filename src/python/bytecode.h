// The header of a .pyc file (PEP 3147, PEP 552).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "util/bytes.h"
#include "util/result.h"

namespace slim::python {

inline constexpr std::size_t bytecode_header_size = 16;

struct BytecodeHeader {
  std::uint16_t magic = 0;  // says which Python reads it
  std::uint32_t flags = 0;  // 0: by date and size; 1: unchecked hash; 3: checked hash
  std::uint32_t source_time = 0;
  std::uint32_t source_size = 0;
  std::uint64_t source_hash = 0;  // where flags are not 0
  bool by_hash() const { return flags != 0; }
};

// nullopt: too short, no magic number, or unknown flags.
std::optional<BytecodeHeader> read_bytecode_header(ByteView file);

// The magic number of a Python release, nullopt for those that slim doesn't know.
// Source: CPython's Lib/importlib/_bootstrap_external.py, which lists them all.
std::optional<std::uint16_t> bytecode_magic(int major, int minor);

// "cpython-311"
std::string cache_tag(int major, int minor);

// What importlib.util.source_hash() gives: SipHash keyed by the magic number, 2-4 rounds up to Python 3.10,
// 1-3 from 3.11 on.
Result<std::uint64_t> source_hash(ByteView source, std::uint16_t magic);

// The 16 bytes of a header that Python takes on trust, whatever the date of the source ("unchecked-hash").
Bytes unchecked_header(std::uint16_t magic, std::uint64_t source_hash);

}  // namespace slim::python
