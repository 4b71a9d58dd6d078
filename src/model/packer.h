// Deflates what goes into a zip. What the transform stage has in hand is deflated there and then and waits
// here for the write stage, which makes anew what found no room.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "archive/entry.h"

namespace slim {

class Packer {
 public:
  // room: bytes of deflated contents that may wait. 0: none do (a dry run, or an output that is no zip).
  Packer(int level, std::uint64_t room) : level_(level), room_(room) {}

  // Stored or deflated, whichever is smaller; stored where they are equal. A pure function of the bytes and
  // the level. May be called from any thread, as all here.
  PackedEntry pack(Bytes bytes) const;

  // Deflates the contents of entry `index` and keeps the result, if anything is to be kept.
  void pack_ahead(std::size_t index, Bytes bytes);
  // What was kept for it, once.
  std::optional<PackedEntry> take(std::size_t index);
  // Forgets all: the plan is made anew.
  void clear();

 private:
  const int level_;
  const std::uint64_t room_;
  std::mutex mutex_;
  std::uint64_t held_ = 0;
  std::unordered_map<std::size_t, PackedEntry> waiting_;
};

}  // namespace slim
