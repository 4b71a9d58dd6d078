// What the loader refuses in program headers, before it looks at any symbol.
#pragma once

#include <string>

#include "util/bytes.h"

namespace slim::elf {

// glibc's _dl_map_object_from_fd: each PT_LOAD's p_align is a power of two and a multiple of the page, its
// p_vaddr and p_offset agree modulo p_align (before glibc 2.35) and modulo the page, and addresses ascend.
// One clause, or "".
std::string load_fault(ByteView file);

}  // namespace slim::elf
