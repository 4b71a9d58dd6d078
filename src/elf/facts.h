// What slim knows of an ELF file: the loader's view, through slim's own reader. LIEF (elf/lief_facts.cc, the
// wall) must agree with it on every file that slim rewrites.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "util/bytes.h"
#include "util/result.h"

namespace slim::elf {

enum class Machine : std::uint8_t { x86_64, aarch64, other };

struct VersionNeed {
  std::string library;  // libc.so.6
  std::string version;  // GLIBC_2.17
  auto operator<=>(const VersionNeed&) const = default;
};

struct Facts {
  Machine machine = Machine::other;
  std::uint16_t machine_id = 0;  // e_machine
  std::uint16_t type = 0;        // e_type: 1 REL, 2 EXEC, 3 DYN, 4 CORE
  bool is_64 = true;
  bool little_endian = true;
  std::string interpreter;  // PT_INTERP
  std::string soname;
  std::vector<std::string> needed;  // DT_NEEDED, in order
  std::string rpath;                // DT_RPATH, ':' between folders
  std::string runpath;
  std::vector<VersionNeed> version_needs;  // sorted, each once
  std::string build_id;                    // hex
  bool executable_stack = false;
  bool text_relocations = false;
  auto operator<=>(const Facts&) const = default;
};

bool has_elf_magic(ByteView bytes);
const char* machine_name(const Facts& facts);  // "x86_64", "aarch64", "i386", …

// Errors: headers or dynamic section that lead outside of the file. Allocates in proportion to its size.
Result<Facts> read_facts(ByteView bytes);

}  // namespace slim::elf
