// Which Python sources are needed as files, though their bytecode can be imported (--bytecode sourceless), and which
// are read as text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "evidence/guard.h"
#include "languages/python/modules.h"
#include "model/inspection.h"
#include "model/package.h"

namespace slim {

class SourceEvidence {
 public:
  // `kept` says of each entry whether it stays. All three must outlive this.
  SourceEvidence(const Package& package, const Inspection& inspection, const std::vector<bool>& kept);

  // Why the source must stay, one clause; nothing where its bytecode will do.
  std::optional<std::string> who_needs(std::size_t index) const;
  // Why its text may be looked at by other code than Python's compiler, one clause.
  std::optional<std::string> who_reads(std::size_t index) const;

 private:
  using Texts = std::unordered_set<std::string>;
  void take(std::size_t reader);
  void take_import(std::string_view name, std::size_t reader);
  void take_names(std::size_t reader);
  void hold_what_it_uses(std::size_t reader, const std::string& reason);
  void find_unnamed(const std::vector<bool>& kept);
  bool is_imported_by_name(std::size_t index) const;

  const Package& package_;
  const Inspection& inspection_;
  const std::vector<Module> modules_;
  Texts installed_;                                      // names of distributions
  std::unordered_map<std::string, std::string> owners_;  // whose sources all stay -> why
  std::unordered_map<std::string, std::size_t> names_;   // of sources, "config.py" -> who says so
  std::map<std::pair<std::string, std::string>, std::size_t> own_names_;  // the same of an owner's own
  std::unordered_map<std::string, std::size_t> readers_;                  // owners that read code -> where
  std::unordered_map<std::string, std::size_t> lone_bytecode_;            // owners with such -> one of them
  Texts imported_;                                                        // names of modules
  std::unordered_set<std::size_t> unnamed_;              // modules that nobody imports by name
  std::unordered_map<std::string, std::size_t> listed_;  // folders of which most are such -> one of them
};

// Looks through the package when the first guard asks, as in most runs none does. What it is given must outlive it
// and stay as it is.
class SourceEvidenceOnDemand final : public KeptEvidence {
 public:
  SourceEvidenceOnDemand(const Package& package, const Inspection& inspection, const std::vector<bool>& kept)
      : package_(package), inspection_(inspection), kept_(kept) {}

  const SourceEvidence& get() const {
    if (!evidence_) evidence_.emplace(package_, inspection_, kept_);
    return *evidence_;
  }

 private:
  const Package& package_;
  const Inspection& inspection_;
  const std::vector<bool>& kept_;
  mutable std::optional<SourceEvidence> evidence_;
};

}  // namespace slim
