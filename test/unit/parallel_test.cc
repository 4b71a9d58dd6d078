#include "parallel/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>

#include "parallel/ahead.h"

namespace slim {
namespace {

TEST(ParallelFor, DoesEachItemOnce) {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    std::vector<int> done(1000);  // not atomic: each slot has one writer
    parallel_for(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    EXPECT_EQ(done, std::vector<int>(1000, 1));
  }
  parallel_for(0, 4, [](std::size_t) { FAIL(); });
}

TEST(ParallelFor, StartsInTheOrderGiven) {
  std::vector<std::size_t> order(100);
  std::iota(order.rbegin(), order.rend(), std::size_t{0});
  std::vector<std::size_t> seen;
  parallel_for(order, 1, [&](std::size_t i) { seen.push_back(i); });
  EXPECT_EQ(seen, order);
}

TEST(ParallelFor, PassesAnExceptionOn) {
  for (const unsigned threads : {1U, 4U}) {
    EXPECT_THROW(parallel_for(50, threads,
                              [](std::size_t i) {
                                if (i == 7) throw std::bad_alloc();
                              }),
                 std::bad_alloc);
  }
}

// Runs `count` items through an Ahead; returns the most that was held at a time.
std::uint64_t run_ahead(std::size_t count, std::uint64_t cost, std::uint64_t budget, unsigned threads) {
  std::vector<std::vector<int>> made(count);
  std::atomic<std::uint64_t> held{0};
  std::atomic<std::uint64_t> most{0};
  Ahead ahead(std::vector<std::uint64_t>(count, cost), budget, threads, [&](std::size_t i) {
    const std::uint64_t now = held += cost;
    std::uint64_t before = most;
    while (before < now && !most.compare_exchange_weak(before, now)) {
    }
    made[i].assign(3, static_cast<int>(i));
    return cost;
  });
  for (std::size_t i = 0; i < count; ++i) {
    ahead.wait_for(i);
    EXPECT_EQ(made[i], std::vector<int>(3, static_cast<int>(i)));
    made[i].clear();
    held -= cost;
    ahead.release(i);
  }
  return most;
}

TEST(Ahead, GivesEverythingInOrderWithinTheBudget) {
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    EXPECT_LE(run_ahead(500, 10, 55, threads), 50U);
    EXPECT_LE(run_ahead(100, 10, 1, threads), 10U) << "what is larger than the budget goes alone";
    run_ahead(0, 1, 1, threads);
  }
}

TEST(Ahead, StartsTheLargestFirst) {
  std::vector<std::size_t> started;
  Ahead ahead({1, 5, 3, 9, 2}, 100, 1, [&](std::size_t i) {
    started.push_back(i);
    return std::uint64_t{0};
  });
  ahead.wait_for(0);  // one thread: the reader makes what it needs
  ahead.release(0);
  EXPECT_EQ(started, std::vector<std::size_t>{0});
  for (std::size_t i = 1; i < 5; ++i) {
    ahead.wait_for(i);
    ahead.release(i);
  }
  EXPECT_EQ(started, (std::vector<std::size_t>{0, 1, 2, 3, 4}));

  std::vector<std::size_t> helped;
  std::atomic<bool> go{false};
  std::mutex mutex;
  Ahead crew({1, 5, 3, 9, 2}, 100, 2, [&](std::size_t i) {
    {
      const std::lock_guard lock(mutex);
      helped.push_back(i);
    }
    while (i == 3 && !go) std::this_thread::yield();  // holds the helper at the largest
    return std::uint64_t{0};
  });
  while (true) {
    const std::lock_guard lock(mutex);
    if (!helped.empty()) break;
  }
  EXPECT_EQ(helped.front(), 3U);
  go = true;
  for (std::size_t i = 0; i < 5; ++i) {
    crew.wait_for(i);
    crew.release(i);
  }
}

TEST(Ahead, PassesAnExceptionToTheReader) {
  for (const unsigned threads : {1U, 4U}) {
    Ahead ahead({1, 1, 1}, 10, threads, [](std::size_t i) -> std::uint64_t {
      if (i == 1) throw std::runtime_error("no");
      return 0;
    });
    ahead.wait_for(0);
    ahead.release(0);
    EXPECT_THROW(ahead.wait_for(1), std::runtime_error);
  }
}

TEST(Ahead, CanBeLeftAtAnyTime) {
  for (int round = 0; round < 20; ++round) {
    Ahead ahead(std::vector<std::uint64_t>(100, 1), 50, 4, [](std::size_t) { return std::uint64_t{1}; });
    if (round % 2 == 0) ahead.wait_for(0);
  }
}

}  // namespace
}  // namespace slim
