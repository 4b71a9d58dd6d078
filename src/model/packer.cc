#include "model/packer.h"

#include "deflate/deflate.h"
#include "util/trace.h"

namespace slim {

PackedEntry Packer::pack(Bytes bytes) const {
  const trace::Span span("deflate");
  PackedEntry entry{.deflated = false, .size = bytes.size(), .crc = deflate::crc32(bytes), .packed = {}};
  if (auto smaller = deflate::compress(bytes, level_)) {
    entry.deflated = true;
    entry.packed = std::move(*smaller);
  } else {
    entry.packed = std::move(bytes);
  }
  return entry;
}

void Packer::pack_ahead(std::size_t index, Bytes bytes) {
  if (room_ == 0) return;
  {
    const std::lock_guard lock(mutex_);
    if (held_ >= room_) return;
  }
  PackedEntry entry = pack(std::move(bytes));
  const std::lock_guard lock(mutex_);
  const std::uint64_t holds = entry.packed.capacity();
  if (holds > room_ - std::min(held_, room_)) return;
  held_ += holds;
  waiting_.insert_or_assign(index, std::move(entry));
}

std::optional<PackedEntry> Packer::take(std::size_t index) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(index);
  if (found == waiting_.end()) return std::nullopt;
  PackedEntry entry = std::move(found->second);
  waiting_.erase(found);
  held_ -= entry.packed.capacity();
  return entry;
}

void Packer::clear() {
  const std::lock_guard lock(mutex_);
  waiting_.clear();
  held_ = 0;
}

}  // namespace slim
