// Second stage: what is each file, and what is the package? Facts only.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "cache/cache.h"
#include "inspect/facts_cache.h"
#include "languages/language.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "util/progress.h"

namespace slim {

// Everything about all of it.
Result<Inspection> inspect_package(const Package& package, const Options& options, Progress& progress,
                                   Depth depth = Depth::everything);

// The same for a run, which need not read all: of files that rules let go by their names, only those are read
// that turn out to stay. They are a third of many a package (LanguageRoom::facts_of_name).
class Inspector {
 public:
  // cache: holds the facts of earlier runs. All must outlive it.
  Inspector(const Package& package, const Options& options, Progress& progress, cache::Cache& cache,
            Depth depth = Depth::everything);
  Inspector(const Inspector&) = delete;
  Inspector& operator=(const Inspector&) = delete;

  Status look();
  Status look_at_all();
  Status read_more(std::span<const std::size_t> entries);
  // Which modules a start loads, if the options ask for that. May run the package's code.
  Status find_start();
  // What is known so far; read_more() adds to it.
  const Inspection& found() const { return found_; }
  Inspection take() { return std::move(found_); }
  void keep_facts() const;  // in the cache, for the next run

 private:
  Status read(std::vector<std::size_t> entries);
  Status find_facts(std::size_t index);
  Status find_package_facts();

  const Package& package_;
  const Options& options_;
  Progress& progress_;
  const Depth depth_;
  Inspection found_;
  std::vector<std::unique_ptr<FactsReader>> readers_;  // of the languages
  const FactsCache known_;
};

}  // namespace slim
