// Results on disk, one file each, shared by any number of runs at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "hash/sha256.h"
#include "util/bytes.h"
#include "util/result.h"

namespace slim::cache {

class Store {
 public:
  // Makes the folder if need be, for its owner alone. Errors: it can't be made, or not even be read.
  static Result<std::unique_ptr<Store>> open(std::string folder, std::uint64_t limit);

  // Whether nobody but this user and root can have written what is in it.
  bool is_private() const { return is_private_; }
  // nullopt: not there, larger than `most`, or damaged and now gone. May be called from any thread, as all
  // but trim().
  std::optional<Bytes> get(const Sha256& key, std::uint64_t most) const;
  bool has(const Sha256& key) const;
  // What can't be written is not kept. After the first time that the disk is full no more is tried.
  void put(const Sha256& key, ByteView value);
  // Whether something could not be written, and the system's reason.
  std::optional<std::string> trouble() const;
  // At the end of a run: where the store has outgrown its limit, what was not used for longest goes.
  void trim();

 private:
  Store(std::string folder, std::uint64_t limit, bool is_private, bool is_writable)
      : folder_(std::move(folder)),
        limit_(limit),
        is_private_(is_private),
        is_writable_(is_writable),
        next_temporary_(
            static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count())) {}
  std::string path_of(const Sha256& key) const;
  void note_size(std::uint64_t added) const;
  void give_up_on(int error);

  const std::string folder_;
  const std::uint64_t limit_;
  const bool is_private_;
  const bool is_writable_;
  std::atomic<int> fault_{0};                  // errno of the first write that failed
  std::atomic<std::uint64_t> next_temporary_;  // from the time on, as containers give out the same pids
};

}  // namespace slim::cache
