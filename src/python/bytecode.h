// The header of a .pyc file (PEP 3147, PEP 552).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

// Marshalled code behind a header that Python takes on trust, whatever the date of the source
// ("unchecked-hash").
Bytes bytecode_file(std::uint16_t magic, std::uint64_t source_hash, ByteView code);
// A .pyc file, at least as long as its header, with such a header instead of its own.
Bytes with_unchecked_header(ByteView file, std::uint16_t magic, std::uint64_t source_hash);

// Does it lie in __pycache__, where Python looks for the bytecode of a source that is there (PEP 3147)?
bool is_cached_bytecode(std::string_view path);
// Or does it stand for a source that isn't there? Such a file is imported like one.
bool is_lone_bytecode(std::string_view path);

// The source that a bytecode file is of: a/__pycache__/b.cpython-311.opt-1.pyc is of a/b.py, and outside
// __pycache__ a/b.pyc is of a/b.py (PEP 3147).
std::string source_of_bytecode(std::string_view path);
// And back, for a source that ends in ".py": a/b.py -> a/__pycache__/b.cpython-311.pyc.
std::string bytecode_of_source(std::string_view path, std::string_view cache_tag);

}  // namespace slim::python
