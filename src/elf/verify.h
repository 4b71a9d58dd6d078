// The judge of every rewrite: is the new file the same program to a loader? It shares no value with the
// writer.
#pragma once

#include <string>

#include "elf/reader.h"
#include "util/bytes.h"

namespace slim::elf {

// Empty when the rewritten file passes every check against the original, else the first failure, one clause.
std::string difference(const Image& original, ByteView rewritten);

}  // namespace slim::elf
