// oneTBB's scheduler gives the threads; which item comes next is a counter of our own, so that items start in
// the order that the caller chose. The fences around each worker say to ThreadSanitizer (and to readers) what
// the scheduler guarantees anyway: all that happened before the call is seen by the workers, and all that
// they did is seen by the caller.
#include "parallel/parallel.h"

#include <sched.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace slim {
namespace {

// One call of parallel_for.
class Run {
 public:
  Run(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

  // What each thread does until nothing is left.
  void drain() {
    while (!stopped_.load(std::memory_order_relaxed)) {
      const std::size_t position = next_.fetch_add(1, std::memory_order_acq_rel);
      if (position >= count_) break;
      try {
        work_(position);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        stopped_.store(true, std::memory_order_relaxed);
      }
    }
    drained_.fetch_add(1, std::memory_order_acq_rel);
  }

  void finish() {
    static_cast<void>(drained_.load(std::memory_order_acquire));
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> drained_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

unsigned default_threads() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    return static_cast<unsigned>(std::max(1, CPU_COUNT(&allowed)));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
  if (threads == 0) threads = default_threads();
  const std::size_t crew = std::min<std::size_t>(threads, count);
  Run run(count, work);
  if (crew <= 1) {
    run.drain();
  } else {
    // As many as the user says, even where the machine has fewer.
    const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, crew);
    tbb::task_arena arena(static_cast<int>(crew));
    arena.execute([&] {
      tbb::parallel_for(
          std::size_t{0}, crew, [&run](std::size_t) { run.drain(); }, tbb::simple_partitioner{});
    });
  }
  run.finish();
}

void parallel_for(std::span<const std::size_t> order, unsigned threads,
                  const std::function<void(std::size_t)>& work) {
  parallel_for(order.size(), threads, [&](std::size_t position) { work(order[position]); });
}

}  // namespace slim
