// Bits into bytes, the lowest first, as RFC 1951 packs them.
#pragma once

#include <cstdint>

#include "util/bytes.h"

namespace slim::deflate {

class BitWriter {
 public:
  // At most 32 bits at a time.
  void put(std::uint32_t bits, unsigned count) {
    buffer_ |= static_cast<std::uint64_t>(bits) << held_;
    held_ += count;
    while (held_ >= 8) {
      out_.push_back(static_cast<std::uint8_t>(buffer_));
      buffer_ >>= 8;
      held_ -= 8;
    }
  }
  // The bits until the next whole byte are 0.
  void align() {
    if (held_ > 0) put(0, 8 - held_);
  }
  void put_bytes(ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }  // when aligned
  unsigned bits_in_last_byte() const { return held_; }
  Bytes take() {
    align();
    return std::move(out_);
  }

 private:
  Bytes out_;
  std::uint64_t buffer_ = 0;
  unsigned held_ = 0;
};

}  // namespace slim::deflate
