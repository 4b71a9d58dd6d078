#include "util/trace.h"

#include <algorithm>
#include <mutex>

namespace slim::trace {
namespace {

std::atomic<bool> on{false};
std::chrono::steady_clock::time_point origin;
std::mutex mutex;
std::vector<Event> events;
std::atomic<int> threads{0};

int number_of_this_thread() {
  thread_local const int number = threads.fetch_add(1);
  return number;
}

}  // namespace

void start() {
  number_of_this_thread();  // the main thread is 0
  origin = std::chrono::steady_clock::now();
  on.store(true, std::memory_order_release);
}

bool is_on() { return on.load(std::memory_order_relaxed); }

std::vector<Event> take() {
  const std::lock_guard lock(mutex);
  std::vector<Event> all = std::move(events);
  events.clear();
  std::ranges::stable_sort(all, {}, &Event::begin);
  return all;
}

void Span::record() const {
  const auto end = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex);
  events.push_back({what_, std::string(of_), number_of_this_thread(), begin_ - origin, end - begin_});
}

}  // namespace slim::trace
