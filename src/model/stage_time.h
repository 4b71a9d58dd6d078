// What a stage of the pipeline took, for --stats.
#pragma once

#include <cstdint>
#include <string>

namespace slim {

struct StageTime {
  std::string name;              // "inspecting"
  double seconds = 0;            // on the clock
  double cpu_seconds = 0;        // of all threads together
  std::uint64_t bytes = 0;       // that the stage went through
  std::uint64_t peak_bytes = 0;  // resident memory at its highest while the stage ran; 0: not known
};

}  // namespace slim
