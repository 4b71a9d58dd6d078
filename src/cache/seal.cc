#include "cache/seal.h"

#include <algorithm>

#include "cache/record.h"
#include "hash/hash.h"

namespace slim::cache {

Bytes seal_of(const Sha256& key, ByteView value) {
  constexpr std::string_view magic = "slim.c2\n";
  const Hash128 hash = hash_bytes(value);
  RecordWriter seal;
  seal.raw(as_bytes(magic));
  seal.raw(key);
  seal.number(hash.high);
  seal.number(hash.low);
  return seal.take();
}

bool is_sealed(const Sha256& key, ByteView bytes) {
  return bytes.size() >= kSealSize &&
         std::ranges::equal(bytes.first(kSealSize), seal_of(key, bytes.subspan(kSealSize)));
}

}  // namespace slim::cache
