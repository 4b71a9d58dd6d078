// Makes what goes into a zip: contents, deflated, and what earlier runs have made of the same.
//
// What others may have written (a server, a folder of another user) is proven first: it must unpack to the
// very bytes that this run has made or read. So a poisoned cache can waste time, and nothing else.
//
// What the transform stage has in hand is deflated there and then and waits here for the write stage, which
// makes anew what found no room.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
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
#include "model/plan.h"

namespace slim {

// What came of an attempt to strip a file.
struct StripOutcome {
  bool stripped = false;
  std::string reason;      // why it was left alone
  std::uint64_t size = 0;  // of the stripped file
  Hash128 hash;
  bool operator==(const StripOutcome&) const = default;
};

class Packer {
 public:
  // Makes packed contents only where a zip is written; in a dry run, or for another output, it does nothing
  // but pack(). All must outlive it.
  Packer(const Package& package, const Inspection& inspection, const Options& options, cache::Cache& cache);

  // Stored or deflated, whichever is smaller; stored where they are equal. A pure function of the bytes and
  // the level. May be called from any thread, as all here.
  PackedEntry pack(Bytes bytes) const;

  // The same without deflating.
  static PackedEntry store(Bytes bytes);

  // What of other machines' results will be asked for, if it goes as the plan wishes.
  void expect(const Plan& wishes);

  // The packed contents of an entry that stays as it is; load() gives its bytes where they are needed.
  using Load = std::function<Result<Bytes>()>;
  Result<PackedEntry> pack_unchanged(std::size_t index, const Load& load);

  // A strip of an earlier run; its packed contents wait for take().
  std::optional<StripOutcome> find_strip(std::size_t index, elf::StripLevel level);
  // What came of it now; `bytes` are those of the stripped file.
  void keep_strip(std::size_t index, elf::StripLevel level, const StripOutcome& outcome, Bytes bytes);
  // The packed contents that wait for an entry, once.
  std::optional<PackedEntry> take(std::size_t index);

  void start_over();  // the plan is made anew: nothing waits any more
  void finish();      // nothing more is to be made: keeps what this run has made, for the next

 private:
  bool wait(std::size_t index, PackedEntry entry);
  bool has_room() const;
  Sha256 key_of(std::string_view purpose, std::size_t index) const;
  cache::Wanted unchanged(std::size_t index) const;
  cache::Wanted strip_of(std::size_t index, elf::StripLevel level) const;
  cache::Wanted small_files() const;
  static bool is_packed_form(const PackedEntry& entry, ByteView bytes);
  bool was_offered(std::size_t index, const cache::Wanted& wanted, const StripOutcome& outcome,
                   ByteView bytes, std::optional<PackedEntry>& entry);
  void read_small();
  std::optional<PackedEntry> find_small(std::size_t index, const Bytes* bytes);
  Result<PackedEntry> pack_small(std::size_t index, const Load& load);
  void keep_small();

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

  // Strips that others say they have made, until this run has.
  std::unordered_map<std::size_t, cache::Found> offers_;

  // Small files share one value in the cache: opening one for each would take longer than deflating it.
  struct SmallFile {
    PackedEntry entry;
    bool is_proven = false;
    bool is_used = false;
  };
  std::map<Sha256, SmallFile> small_;  // by content
  std::uint64_t small_bytes_ = 0;
  std::once_flag small_is_read_;
  bool small_is_from_server_ = false;
  bool small_is_new_ = false;  // something in it, that is
};

}  // namespace slim
