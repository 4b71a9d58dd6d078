// Judges every rewritten file: is it the same program to a loader? Everything is read anew from the file's
// bytes; no value that the writer has computed is used.
#pragma once

#include <string>

#include "elf/reader.h"
#include "util/bytes.h"

namespace slim::elf {

// Empty when the rewritten file passes every check against the original, else the first failure, one clause.
std::string difference(const Image& original, ByteView rewritten);

}  // namespace slim::elf
