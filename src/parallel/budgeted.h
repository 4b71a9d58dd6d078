// Parallel work under a bound on memory.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "parallel/parallel.h"

namespace slim {

// What an item still takes of the budget. Gives back what the item no longer needs while it runs.
class Lease {
 public:
  virtual ~Lease() = default;
  virtual void shrink_to(std::uint64_t bytes) = 0;  // never grows
};

// Calls work(i, lease) for each i of `order`, which goes from the costliest to the cheapest; returns when all
// are done. Those that run at a time cost at most `budget` together, or are one alone; where the next doesn't
// fit, a cheap one from the end of the order is taken. costs[i]: bytes that item i may need. The first
// exception (bad_alloc) is passed on.
void parallel_for(std::span<const std::size_t> order, std::span<const std::uint64_t> costs,
                  std::uint64_t budget, unsigned threads,
                  const std::function<void(std::size_t, Lease&)>& work);

}  // namespace slim
