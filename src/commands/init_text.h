// The slim.toml that `slim init` writes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace slim {

// Something that is off, and what it would take away here.
struct Offer {
  std::string rule;
  std::uint64_t bytes = 0;  // unpacked
  std::string risk;
};

// What a package shows.
struct InitFacts {
  std::string package;                  // its path; empty: there is none
  std::string runtime;                  // empty: not told by the files
  std::string arch;                     // empty: pure, or several
  std::optional<std::uint64_t> zipped;  // of a zip
  std::uint64_t unpacked = 0;
  std::uint64_t slimmed = 0;          // unpacked, by what is on already
  std::vector<Offer> offers;          // opt-in rules, largest first
  std::uint64_t unused_services = 0;  // bytes that services = ["auto"] would take
};

std::string init_text(const InitFacts& facts);

// With a tenth of air, rounded up to two figures: "52MB" for 46,600,000.
std::string budget_for(std::uint64_t bytes);

}  // namespace slim
