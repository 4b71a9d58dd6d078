// A function and its layers, as Lambda lays them over each other, and where they are going to run.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/runtime.h"

namespace slim {

struct Part {
  const Package* package = nullptr;
  const Inspection* inspection = nullptr;
  const Plan* plan = nullptr;  // what it drops is not there
  std::string mount =
      "/var/task";  // "/opt" for a layer; "" for an image layer, whose paths start at the root
};

struct Target {
  std::string runtime_id;            // as the user named it, or as the files tell it; may be unknown
  const Runtime* runtime = nullptr;  // null: nothing is known, and what depends on it is not checked
  std::optional<Arch> arch;
  bool arch_named = false;                       // by the user: offenders are errors
  bool runtime_named = false;                    // by the user, and not told by the files
  std::map<Language, LanguageVersion> versions;  // of the runtime, else that the files tell
  std::string handler;                           // "app.handler"; empty: not checked
  std::string today;                             // "2026-11-23"; empty: no deprecation dates
  bool repacked = false;                         // slim writes it anew, with right modes and fresh bytecode

  const LanguageVersion* version_of(Language language) const {
    const auto found = versions.find(language);
    return found == versions.end() ? nullptr : &found->second;
  }
};

// What the native files of a part are built for: x86_64, arm64, both, or none of them.
struct ArchVerdict {
  std::size_t x86_64 = 0;  // files
  std::size_t arm64 = 0;
  std::size_t other = 0;
  const char* name() const;  // "x86_64", "arm64", "both", "other", or "pure" without any
};

}  // namespace slim
