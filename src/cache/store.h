// Results on disk, one file each, shared by any number of runs at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "hash/sha256.h"
#include "util/bytes.h"
#include "util/result.h"

namespace slim::cache {

class Store {
 public:
  // Makes the folder if need be, for its owner alone. Errors: it can't be made or written to.
  static Result<std::unique_ptr<Store>> open(const std::string& folder, std::uint64_t limit);

  // nullopt: not there, or damaged and now gone. May be called from any thread, as put().
  std::optional<Bytes> get(const Sha256& key) const;
  // What can't be written is not kept; nobody need know.
  void put(const Sha256& key, ByteView value);
  // At the end of a run: where the store has outgrown its limit, what was not used for longest goes.
  void trim();

 private:
  Store(std::string folder, std::uint64_t limit) : folder_(std::move(folder)), limit_(limit) {}
  std::string path_of(const Sha256& key) const;

  const std::string folder_;
  const std::uint64_t limit_;
  std::mutex mutex_;
  std::uint64_t added_ = 0;
  std::uint64_t next_temporary_ = 0;
};

}  // namespace slim::cache
