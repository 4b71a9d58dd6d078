#include "parallel/budgeted.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>

#include "parallel/crew.h"

namespace slim {
namespace {

class BudgetedRun {
 public:
  using Work = std::function<void(std::size_t, Lease&)>;

  BudgetedRun(std::span<const std::size_t> order, std::span<const std::uint64_t> costs, std::uint64_t budget,
              const Work& work)
      : order_(order), costs_(costs), budget_(budget), work_(work), end_(order.size()) {}

  void drain() {
    while (const std::optional<std::size_t> index = take()) {
      TakenLease lease(*this, costs_[*index]);
      try {
        work_(*index, lease);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
        begin_ = end_;
      }
    }
  }

  void finish() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  class TakenLease final : public Lease {
   public:
    TakenLease(BudgetedRun& run, std::uint64_t held) : run_(run), held_(held) {}
    ~TakenLease() override { run_.give_back(held_); }
    TakenLease(const TakenLease&) = delete;
    TakenLease& operator=(const TakenLease&) = delete;
    void shrink_to(std::uint64_t bytes) override {
      if (bytes >= held_) return;
      run_.give_back(held_ - bytes);
      held_ = bytes;
    }

   private:
    BudgetedRun& run_;
    std::uint64_t held_;
  };

  bool fits(std::size_t position) const {
    const std::uint64_t cost = costs_[order_[position]];
    return in_use_ == 0 || (in_use_ <= budget_ && cost <= budget_ - in_use_);
  }

  std::optional<std::size_t> take() {
    std::unique_lock lock(mutex_);
    while (begin_ < end_) {
      if (fits(begin_)) return taken(begin_++);
      if (fits(end_ - 1)) return taken(--end_);
      changed_.wait(lock);
    }
    return std::nullopt;
  }

  std::size_t taken(std::size_t position) {
    in_use_ += costs_[order_[position]];
    return order_[position];
  }

  void give_back(std::uint64_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      in_use_ -= bytes;
    }
    changed_.notify_all();
  }

  const std::span<const std::size_t> order_;
  const std::span<const std::uint64_t> costs_;
  const std::uint64_t budget_;
  const Work& work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t begin_ = 0;  // of order_, what is not yet taken
  std::size_t end_;
  std::uint64_t in_use_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

void parallel_for(std::span<const std::size_t> order, std::span<const std::uint64_t> costs,
                  std::uint64_t budget, unsigned threads,
                  const std::function<void(std::size_t, Lease&)>& work) {
  threads = threads_or_default(threads);
  BudgetedRun run(order, costs, budget, work);
  const std::size_t crew = std::min<std::size_t>(threads, order.size());
  if (crew <= 1) {
    run.drain();
  } else {
    run_crew(crew, [&run] { run.drain(); });
  }
  run.finish();
}

}  // namespace slim
