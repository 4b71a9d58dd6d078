// Makes what goes into a zip: contents, deflated, and what earlier runs have made of the same.
//
// What the transform stage has in hand is deflated there and then and waits here for the write stage, which
// makes anew what found no room.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <unordered_map>

#include "archive/entry.h"
#include "cache/cache.h"
#include "elf/strip.h"
#include "hash/hash.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

// What came of an attempt to strip a file.
struct StripOutcome {
  bool stripped = false;
  std::string reason;      // why it was left alone
  std::uint64_t size = 0;  // of the stripped file
  Hash128 hash;
};

class Packer {
 public:
  // Makes packed contents only where a zip is written; in a dry run, or for another output, it does nothing
  // but pack(). All must outlive it.
  Packer(const Package& package, const Inspection& inspection, const Options& options, cache::Cache& cache);

  // Stored or deflated, whichever is smaller; stored where they are equal. A pure function of the bytes and
  // the level. May be called from any thread, as all here.
  PackedEntry pack(Bytes bytes) const;

  // The packed contents of an entry that stays as it is; load() gives its bytes where they are needed.
  Result<PackedEntry> pack_unchanged(std::size_t index, const std::function<Result<Bytes>()>& load);

  // A strip of an earlier run; its packed contents wait for take().
  std::optional<StripOutcome> find_strip(std::size_t index, elf::StripLevel level);
  // What came of it now; `bytes` are those of the stripped file.
  void keep_strip(std::size_t index, elf::StripLevel level, const StripOutcome& outcome, Bytes bytes);
  // The packed contents that wait for an entry, once.
  std::optional<PackedEntry> take(std::size_t index);

  void start_over();  // the plan is made anew: nothing waits any more
  void finish();      // the output is in place: keeps what this run has made, for the next

 private:
  bool wait(std::size_t index, PackedEntry entry);
  bool has_room() const;
  Sha256 key_of(std::string_view purpose, std::size_t index) const;
  Sha256 key_of_small() const;
  void read_small();

  const Package& package_;
  const Inspection& inspection_;
  const Options& options_;
  cache::Cache& cache_;
  const bool makes_zip_;
  const std::uint64_t room_;

  // At --level max, threads share large files; no more than the user's number work at a time.
  mutable std::counting_semaphore<> free_threads_;

  mutable std::mutex mutex_;
  std::uint64_t held_ = 0;
  std::unordered_map<std::size_t, PackedEntry> waiting_;

  // Small files share one value in the cache: opening one for each would take longer than deflating it.
  struct SmallFile {
    Sha256 content_id;
    PackedEntry entry;
  };
  std::unordered_map<std::size_t, SmallFile> small_;
  std::uint64_t small_bytes_ = 0;
  bool small_is_read_ = false;
  bool small_has_grown_ = false;
};

}  // namespace slim
