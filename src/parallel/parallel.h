// Work on all cores; the wall in front of oneTBB. What runs where never shows in the result: callers write to
// slot i of their own vector and nothing else.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace slim {

// How many threads to use when the user names none: what the process may run on.
unsigned default_threads();
inline unsigned threads_or_default(unsigned threads) { return threads == 0 ? default_threads() : threads; }

// Calls work(order[0]), work(order[1]), … started in that order over `threads` threads; returns when all are
// done. The first exception (bad_alloc) is passed on.
void parallel_for(std::span<const std::size_t> order, unsigned threads,
                  const std::function<void(std::size_t)>& work);

// The same for 0..count-1.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace slim
