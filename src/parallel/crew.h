// Several threads in one function at once; the wall in front of oneTBB.
#pragma once

#include <cstddef>
#include <functional>

namespace slim {

// Calls `drain` on `crew` threads, of which the caller's is one; returns when each call has returned. The
// machine may have fewer cores. `drain` doesn't throw.
void run_crew(std::size_t crew, const std::function<void()>& drain);

}  // namespace slim
