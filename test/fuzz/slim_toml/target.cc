// slim.toml, whatever it holds, becomes settings or a sentence; and what was accepted lies over itself
// without changing a setting that is one value.
#include <cstdint>
#include <cstdlib>

#include "cli/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto config = slim::parse_config(text, "slim.toml", nullptr, true);
  if (!config) {
    if (config.error().what.empty() || config.error().what.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  const slim::Values twice = slim::laid_over(config->values, config->values);
  for (const char* name : {"level", "strip", "runtime", "max-growth"}) {
    if (twice.text(name) != config->values.text(name)) std::abort();
  }
  return 0;
}
