// The smallest DEFLATE stream that can be had for an effort that is still bearable: --level max.
#pragma once

#include <cstddef>
#include <functional>

#include "util/bytes.h"

namespace slim::deflate {

// Calls its second argument with 0 … count-1, in any order, on as many threads as the caller likes.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>&)>;
inline void one_after_the_other(std::size_t count, const std::function<void(std::size_t)>& work) {
  for (std::size_t i = 0; i < count; ++i) work(i);
}

// The bytes depend on the input alone. May be larger than the input. `bytes` are not empty. Each call that
// runs takes some 40 MB.
Bytes compress_smallest(ByteView bytes, const ForEach& for_each);

}  // namespace slim::deflate
