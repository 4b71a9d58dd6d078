// A value as it is kept, on disk and by servers: behind a magic number, its key and its hash, so that a file
// that was cut, damaged, or stands under another name is told from a result.
#pragma once

#include <optional>

#include "hash/sha256.h"
#include "util/bytes.h"

namespace slim::cache {

constexpr std::size_t kSealSize = 8 + 32 + 16;

Bytes seal_of(const Sha256& key, ByteView value);
// Whether `bytes` are a value of this key under its seal; the value is what follows kSealSize.
bool is_sealed(const Sha256& key, ByteView bytes);

}  // namespace slim::cache
