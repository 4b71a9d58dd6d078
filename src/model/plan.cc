#include "model/plan.h"

namespace slim {

std::uint64_t unpacked_bytes(const Plan& plan) {
  std::uint64_t sum = 0;
  for (const Action& action : plan.actions) sum += action.size_after;
  return sum;
}

}  // namespace slim
