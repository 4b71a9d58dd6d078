// A folder that holds one package after the other, each as if it were unpacked afresh.
#pragma once

#include <map>
#include <set>
#include <string>

#include "hash/hash.h"
#include "model/package.h"
#include "trial/mixed_source.h"

namespace slim {

class HeldPackage {
 public:
  HeldPackage(std::string folder, unsigned threads) : folder_(std::move(folder)), threads_(threads) {}

  // Writes only what differs from the package that is there; all of it where a command has changed something.
  Status hold(const Package& package);

 private:
  struct Held {
    MixedSource::Origin origin;
    EntryType type = EntryType::file;
    bool operator==(const Held&) const = default;
  };
  using Files = std::map<std::string, Held>;  // by path, without directories
  Status unpack_all(const Package& package);
  Status change_to(const Package& package, const Files& files, const std::set<std::string>& folders) const;

  std::string folder_;
  unsigned threads_;
  bool is_whole_ = false;
  Files files_;
  std::set<std::string> folders_;
  Hash128 state_;  // of what is on the disk, as it was written
};

}  // namespace slim
