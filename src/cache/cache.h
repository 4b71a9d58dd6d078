// Results of earlier runs, or of other machines. Never a promise: what isn't found is made, and what can't be
// kept is not.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "cache/store.h"

namespace slim::cache {

class Cache {
 public:
  Cache() = default;  // off: finds and keeps nothing
  explicit Cache(std::unique_ptr<Store> store) : store_(std::move(store)) {}

  bool is_on() const { return store_ != nullptr; }
  // All may be called from any thread.
  std::optional<Bytes> get(const Sha256& key);
  void put(const Sha256& key, ByteView value);
  void finish();  // at the end of a run

  std::uint64_t found() const { return found_; }
  std::uint64_t missed() const { return missed_; }

 private:
  std::unique_ptr<Store> store_;
  std::atomic<std::uint64_t> found_{0};
  std::atomic<std::uint64_t> missed_{0};
};

}  // namespace slim::cache
