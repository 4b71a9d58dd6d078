// Conditions of rules. A guard answers for one entry: nullopt lets it go, a clause holds it and says why.
// Languages bring guards of their own (languages/language.h); plan/guards.cc has those of every package.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/reach.h"
#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"

namespace slim {

// What a language finds out about the whole package once it is known what stays, for guards that ask about
// single files of it. Each language has a kind of its own.
struct KeptEvidence {
  KeptEvidence() = default;
  KeptEvidence(const KeptEvidence&) = delete;
  KeptEvidence& operator=(const KeptEvidence&) = delete;
  virtual ~KeptEvidence() = default;
};

// What a guard may look at. `kept` says of each entry whether it stays, as far as that is decided.
struct GuardView {
  const Package& package;
  const Inspection& inspection;
  const std::vector<bool>& kept;
  const Options& options;
  const std::map<std::size_t, Need>* needed = nullptr;         // once references have been followed
  std::map<Language, const KeptEvidence*> of_what_stays = {};  // once that is known
};

using Verdict = std::optional<std::string>;

struct Guard {
  std::function<Verdict(const GuardView&, std::size_t)> ask;
  bool asks_kept = false;  // its answer depends on what stays: rules with such a guard are decided last
};

struct NamedGuard {
  std::string_view name;  // as rules state it
  Guard guard;
};

}  // namespace slim
