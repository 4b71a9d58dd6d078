// Work done ahead of one reader that takes the results in order: what a writer of archives needs. Largest
// first among what may be started, so that one big item doesn't finish alone; what is in flight is bounded.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace slim {

class Ahead {
 public:
  // work(i) makes result i (into the caller's own slot i) and returns the bytes that it holds from then on.
  using Work = std::function<std::uint64_t(std::size_t)>;

  // costs[i]: the bytes that item i may take while it is made. At any time the items between the reader and
  // the furthest one started cost at most `budget` together, or are one single item.
  // threads: how many work in all, the reader included: it works while it would have to wait.
  Ahead(std::vector<std::uint64_t> costs, std::uint64_t budget, unsigned threads, Work work);
  ~Ahead();
  Ahead(const Ahead&) = delete;
  Ahead& operator=(const Ahead&) = delete;

  // Returns when item i is made. To be called for 0, 1, 2, … by one thread. Throws what work(i) threw.
  void wait_for(std::size_t index);
  // The reader is done with item i, and has freed its result.
  void release(std::size_t index);

 private:
  enum class State : std::uint8_t { outside, ready_to_start, running, made };
  struct Item {
    std::uint64_t cost = 0;
    State state = State::outside;
    std::exception_ptr failure;
  };

  void extend_window();  // with the lock held, as all below
  bool start_largest(std::unique_lock<std::mutex>& lock);
  void make(std::size_t index, std::unique_lock<std::mutex>& lock);
  void serve();

  const std::uint64_t budget_;
  const Work work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Item> items_;
  std::priority_queue<std::pair<std::uint64_t, std::size_t>> startable_;  // cost first
  std::uint64_t in_window_ = 0;
  std::size_t window_end_ = 0;
  std::size_t wanted_ = 0;  // the reader's item
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace slim
