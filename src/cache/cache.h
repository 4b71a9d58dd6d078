// Results of earlier runs, or of other machines. Never a promise: what isn't found is made, and what can't be
// kept is not. A folder of the user's own, and behind it, where one was named, a server that others use too.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cache/remote.h"
#include "cache/store.h"

namespace slim::cache {

// How much of what a run asked for was there.
struct Use {
  bool is_on = false;
  bool has_server = false;
  std::uint64_t from_folder = 0;
  std::uint64_t from_server = 0;
  std::uint64_t missed = 0;
  std::uint64_t refused = 0;  // of those found: proven wrong
  std::uint64_t sent = 0;
};

struct Found {
  Bytes value;
  // Whether only this user's runs can have written it. What anybody may have written must be proven right
  // before it goes into a package, and then be handed to proven(), or to wrong().
  bool is_trusted = false;
  bool is_from_server = false;
};

class Cache {
 public:
  Cache() = default;  // off: finds and keeps nothing
  // Either may be null. troubles: what went wrong so far.
  Cache(std::unique_ptr<Store> store, std::unique_ptr<Remote> remote, std::vector<std::string> troubles)
      : store_(std::move(store)), remote_(std::move(remote)), troubles_(std::move(troubles)) {}

  bool is_on() const { return store_ != nullptr || remote_ != nullptr; }
  // All may be called from any thread.
  std::optional<Found> get(const Wanted& wanted);
  void put(const Sha256& key, ByteView value);
  // What can't be proven: from the folder alone, and only where it is the user's own.
  std::optional<Bytes> get_own(const Wanted& wanted);
  void put_own(const Sha256& key, ByteView value);

  void proven(const Sha256& key, const Found& found);
  void wrong(const Found& found);
  // What get() will be asked for soon, in this order.
  void expect(std::vector<Wanted> wanted);
  void finish();  // at the end of a run

  std::vector<std::string> troubles() const;  // sentences for the report; none where all is well
  Use use() const;

 private:
  std::unique_ptr<Store> store_;
  std::unique_ptr<Remote> remote_;
  const std::vector<std::string> troubles_;
  std::atomic<std::uint64_t> from_folder_{0};
  std::atomic<std::uint64_t> from_server_{0};
  std::atomic<std::uint64_t> missed_{0};
  std::atomic<std::uint64_t> refused_{0};
};

}  // namespace slim::cache
