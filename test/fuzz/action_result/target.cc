// Whatever a server says that a key's value is: a digest that survives being written and read, or nothing.
#include <cstdint>
#include <cstdlib>

#include "cache/action_result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto digest = slim::cache::digest_in({data, size});
  if (digest && slim::cache::digest_in(slim::cache::action_result(*digest)) != digest) std::abort();
  return 0;
}
