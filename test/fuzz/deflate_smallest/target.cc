// Any bytes through the smallest DEFLATE: libdeflate gives them back, and a second time makes the same
// stream. The first byte repeats the rest, so that small inputs make long matches and many blocks. Segments
// are the unit test's.
#include <cstdlib>

#include "deflate/deflate.h"
#include "deflate/smallest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace slim;
  if (size < 2) return 0;
  constexpr std::size_t most = 8'000;
  const ByteView once = ByteView(data, size).subspan(1);
  Bytes bytes;
  for (unsigned i = 0; i <= data[0] && bytes.size() + once.size() <= most; ++i) {
    bytes.insert(bytes.end(), once.begin(), once.end());
    bytes.push_back(static_cast<std::uint8_t>(i));
  }
  if (bytes.empty()) return 0;
  const Bytes packed = deflate::compress_smallest(bytes, deflate::one_after_the_other);
  const auto back = deflate::decompress(packed, bytes.size());
  if (!back || *back != bytes) std::abort();
  if (packed != deflate::compress_smallest(bytes, deflate::one_after_the_other)) std::abort();
  return 0;
}
