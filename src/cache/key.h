// What a kept result depends on: all that went into it, the program included.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "hash/sha256.h"
#include "util/bytes.h"

namespace slim::cache {

// Of this program and the libraries that results come from: their build ids, or what they hash to where they
// have none. Another slim, or another libdeflate, shares no result with this one.
const Sha256& program_identity();

// A key is the SHA-256 of its parts, each with its length. SHA-256, as the contents may come from anybody:
// two that share a key would let one package write into another.
class KeyMaker {
 public:
  explicit KeyMaker(std::string_view purpose);
  KeyMaker& add(ByteView part);
  KeyMaker& add(std::string_view part) { return add(as_bytes(part)); }
  KeyMaker& add(std::uint64_t number);
  Sha256 key() const { return sha256(parts_); }

 private:
  Bytes parts_;
};

}  // namespace slim::cache
