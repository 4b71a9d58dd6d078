// Which modules of a package a cold start loads before the handler gets its first event, and how that is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace slim {

enum class StartFrom : std::uint8_t {
  loading,     // the handler was loaded
  imports,     // read in the sources
  list,        // the user's
  everything,  // no handler is known, so that any module may be one of the start
};
const char* start_from_name(StartFrom from);

// Processor time until the handler was loaded on this machine.
struct StartTime {
  double without_bytecode = 0;
  double with_bytecode = 0;
};

struct Start {
  StartFrom from = StartFrom::everything;
  std::string handler;                // "app.handler"; empty: none is known
  std::string reason;                 // a clause: why it was found in this way
  std::vector<std::size_t> entries;   // sources, in ascending order; none with StartFrom::everything
  std::vector<std::string> names;     // the same as a list has them, sorted
  std::vector<std::string> warnings;  // of names in a list
  std::optional<StartTime> time;      // with StartFrom::loading
};

// What a cold start has to compile, as the plan leaves the package.
struct StartCost {
  std::string handler;               // empty: the function's own files were taken for it
  bool is_measured = false;          // by loading it, and not by reading imports
  std::size_t modules = 0;           // that a start loads
  std::size_t compiled = 0;          // those without bytecode
  std::uint64_t source_bytes = 0;    // of these
  std::uint64_t bytecode_bytes = 0;  // that the input had for them
  std::size_t had_bytecode = 0;      // how many of them
};

}  // namespace slim
