// The crew gives the threads; which item comes next is a counter of our own, so that items start in the order
// that the caller chose.
#include "parallel/parallel.h"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "parallel/crew.h"

namespace slim {
namespace {

// One call of parallel_for.
class Run {
 public:
  Run(std::size_t count, const std::function<void(std::size_t)>& work) : count_(count), work_(work) {}

  // What each thread does until nothing is left.
  void drain() {
    while (!stopped_.load(std::memory_order_relaxed)) {
      const std::size_t position = next_.fetch_add(1, std::memory_order_relaxed);
      if (position >= count_) break;
      try {
        work_(position);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        stopped_.store(true, std::memory_order_relaxed);
      }
    }
  }

  void finish() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  const std::size_t count_;
  const std::function<void(std::size_t)>& work_;
  std::atomic<std::size_t> next_{0};
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
  threads = threads_or_default(threads);
  const std::size_t crew = std::min<std::size_t>(threads, count);
  Run run(count, work);
  if (crew <= 1) {
    run.drain();
  } else {
    run_crew(crew, [&run] { run.drain(); });
  }
  run.finish();
}

void parallel_for(std::span<const std::size_t> order, unsigned threads,
                  const std::function<void(std::size_t)>& work) {
  parallel_for(order.size(), threads, [&](std::size_t position) { work(order[position]); });
}

}  // namespace slim
