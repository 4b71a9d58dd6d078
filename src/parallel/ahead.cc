// The window: items are taken in order 0, 1, 2, …, and those from the reader's item onwards whose costs sum
// to the budget may be in flight. Inside the window the largest starts first. Starting the largest of *all*
// items would fill the budget with results that are written last, and leave the reader to do everything else
// alone. Where the reader's next item is not begun yet, the reader makes it itself, so that it always gets
// on, with any number of threads.
#include "parallel/ahead.h"

#include <limits>
#include <system_error>

namespace slim {

Ahead::Ahead(std::vector<std::uint64_t> costs, std::uint64_t budget, unsigned threads, Work work)
    : budget_(budget), work_(std::move(work)), items_(costs.size()) {
  for (std::size_t i = 0; i < costs.size(); ++i) items_[i].cost = costs[i];
  {
    const std::lock_guard lock(mutex_);
    extend_window();
  }
  for (unsigned i = 1; i < threads && i < items_.size(); ++i) {
    try {
      threads_.emplace_back([this] { serve(); });
    } catch (const std::system_error&) {
      break;  // the system gives no more threads: those that run, the reader at least, do the work
    }
  }
}

Ahead::~Ahead() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Ahead::extend_window() {
  while (window_end_ < items_.size()) {
    Item& item = items_[window_end_];
    const bool needed_now = window_end_ <= wanted_;
    if (!needed_now && (in_window_ > budget_ || item.cost > budget_ - in_window_)) return;
    in_window_ += item.cost;
    item.state = State::ready_to_start;
    // Among equals the one that is needed first.
    startable_.emplace(item.cost, std::numeric_limits<std::size_t>::max() - window_end_);
    ++window_end_;
  }
}

void Ahead::make(std::size_t index, std::unique_lock<std::mutex>& lock) {
  Item& item = items_[index];
  item.state = State::running;
  lock.unlock();
  std::uint64_t holds = 0;
  std::exception_ptr failure;
  try {
    holds = work_(index);
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  item.state = State::made;
  item.failure = failure;
  in_window_ = in_window_ - item.cost + holds;
  item.cost = holds;
  extend_window();
  changed_.notify_all();
}

bool Ahead::start_largest(std::unique_lock<std::mutex>& lock) {
  while (!startable_.empty()) {
    const std::size_t index = std::numeric_limits<std::size_t>::max() - startable_.top().second;
    startable_.pop();
    if (items_[index].state != State::ready_to_start) continue;  // the reader took it out of turn
    make(index, lock);
    return true;
  }
  return false;
}

void Ahead::serve() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    if (!start_largest(lock)) changed_.wait(lock);
  }
}

void Ahead::wait_for(std::size_t index) {
  std::unique_lock lock(mutex_);
  wanted_ = index;
  extend_window();
  if (items_[index].state == State::ready_to_start) make(index, lock);
  while (items_[index].state != State::made) {
    if (!start_largest(lock)) changed_.wait(lock);
  }
  if (items_[index].failure) std::rethrow_exception(items_[index].failure);
}

void Ahead::release(std::size_t index) {
  const std::lock_guard lock(mutex_);
  in_window_ -= items_[index].cost;
  items_[index].cost = 0;
  wanted_ = index + 1;
  extend_window();
  changed_.notify_all();
}

}  // namespace slim
