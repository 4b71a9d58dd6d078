// Debian's libtbb is not instrumented for the thread sanitizer, so that each hand-over of one of its tasks
// would look like a race. This file is therefore built without the sanitizer (CMakeLists.txt), and tells it
// in so many words what oneTBB guarantees: the crew sees all that happened before the call, and the caller
// sees all that the crew did. What slim's own code shares while it runs is still checked.
#include "parallel/crew.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#ifdef SLIM_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#else
#define __tsan_acquire(address) static_cast<void>(address)
#define __tsan_release(address) static_cast<void>(address)
#endif

namespace slim {

void run_crew(std::size_t crew, const std::function<void()>& drain) {
  // As many as the user says, even where the machine has fewer.
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, crew);
  tbb::task_arena arena(static_cast<int>(crew));
  char started = 0;
  char ended = 0;
  __tsan_release(&started);
  arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, crew,
        [&](std::size_t) {
          __tsan_acquire(&started);
          drain();
          __tsan_release(&ended);
        },
        tbb::simple_partitioner{});
  });
  __tsan_acquire(&ended);
}

}  // namespace slim
