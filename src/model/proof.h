// What was run to prove that the output works as the input did, for the reports.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/languages.h"
#include "model/plan.h"

namespace slim {

struct ProvenCommand {
  std::string command;
  std::string from;  // "--verify-command", or where slim.toml states it
  std::uint64_t output_bytes = 0;
};

struct Proof {
  bool has_imports = false;            // --verify
  Language language = Language::none;  // whose modules were loaded; none where there was nothing to load
  std::string version;                 // of its interpreter, "3.11"
  std::size_t modules = 0;             // that were tried
  std::size_t imported = 0;            // that import as they did before
  std::size_t distributions = 0;       // that are known as before, with their metadata
  std::vector<ProvenCommand> commands = {};  // that end as before, with the same output
  std::vector<Restored> restored = {};       // what had to be left alone for that
};

}  // namespace slim
