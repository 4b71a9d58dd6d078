// The facts of an earlier run. The facts of a whole package are one value in the cache: opening one for each
// of thousands of small files would take longer than finding the facts anew. They decide what may go, and
// nothing proves them but finding them anew: so they are taken from the user's own folder alone, never from
// a server.
#pragma once

#include <vector>

#include "cache/cache.h"
#include "model/inspection.h"
#include "model/package.h"

namespace slim {

class FactsCache {
 public:
  // Facts depend on a file's content and path, and on what else there is to import: so they are kept for a
  // set of paths.
  FactsCache(cache::Cache& cache, const Package& package);

  bool is_on() const { return cache_.is_on(); }
  const Sha256& names_id() const { return names_id_; }
  // Facts of entry i, if its content was the same. May be called from any thread.
  std::optional<FileFacts> find(std::size_t index, const Sha256& content_id) const;
  // Keeps what the inspection has found, unless all of it was known. Of files that it didn't read, what
  // earlier runs have found stays.
  void save(const Inspection& inspection) const;

 private:
  struct Slot {
    Sha256 content_id = {};  // zeros: of a file that no run has read
    ByteView record;         // into kept_
  };
  void read_slots(std::size_t count);

  cache::Cache& cache_;
  Sha256 names_id_;
  Sha256 key_;
  Bytes kept_;
  std::vector<Slot> slots_;  // in the order of the entries; empty when there are none
};

}  // namespace slim
