#include "report/terminal_progress.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

#include "util/format.h"

namespace slim {
namespace {

constexpr auto kSilence = std::chrono::milliseconds(250);  // short runs stay silent
constexpr auto kPause = std::chrono::milliseconds(100);

// Drawn by a thread of its own, so that a stage which has nothing to tell for a while is seen to go on.
class TerminalProgress final : public Progress {
 public:
  TerminalProgress() : thread_([this] { draw_until_stopped(); }) {}
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;
  ~TerminalProgress() override {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    wake_.notify_one();
    thread_.join();
    if (drawn_.empty()) return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
  }

  void begin(std::string_view stage, std::uint64_t all) override { begin_counted(stage, all, ""); }

  void begin_counted(std::string_view stage, std::uint64_t all, std::string_view things) override {
    const std::lock_guard lock(mutex_);
    stage_ = stage;
    things_ = things;
    all_ = all;
    done_ = 0;
  }

  void advance(std::uint64_t units) override { done_.fetch_add(units, std::memory_order_relaxed); }

 private:
  void draw_until_stopped() {
    std::unique_lock lock(mutex_);
    for (auto pause = kSilence; !wake_.wait_for(lock, pause, [&] { return stopped_; }); pause = kPause)
      draw();
  }

  std::string bar(std::uint64_t part) const {
    constexpr std::uint64_t cells = 30;
    const auto full =
        static_cast<std::uint64_t>(static_cast<double>(part) / static_cast<double>(all_) * cells);
    std::string out;
    for (std::uint64_t i = 0; i < cells; ++i) out += i < full ? "█" : "░";
    return out;
  }

  void draw() {
    const std::uint64_t done = done_.load(std::memory_order_relaxed);
    const std::uint64_t part = std::min(done, all_);
    std::string line = format("{:<10} ", stage_);
    if (!things_.empty() && all_ == 0) line = format("{} {} {} ", stage_, with_commas(done), things_);
    if (!things_.empty() && all_ != 0)
      line = format("{} {} of {} {} ", stage_, with_commas(part), with_commas(all_), things_);
    if (all_ != 0) line += bar(part);
    if (line == drawn_) return;
    std::fputs(("\r\x1b[K  " + line).c_str(), stderr);
    std::fflush(stderr);
    drawn_ = std::move(line);
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::string stage_;
  std::string things_;
  std::uint64_t all_ = 0;
  std::atomic<std::uint64_t> done_{0};
  std::string drawn_;  // as it stands on the terminal
  bool stopped_ = false;
  std::thread thread_;  // the last member: it begins when all others are there
};

}  // namespace

std::unique_ptr<Progress> make_terminal_progress(bool quiet) {
  const char* term = std::getenv("TERM");
  const bool can_draw = isatty(STDERR_FILENO) == 1 && term != nullptr && std::string_view(term) != "dumb";
  if (quiet || !can_draw) return std::make_unique<NoProgress>();
  try {
    return std::make_unique<TerminalProgress>();
  } catch (const std::system_error&) {
    return std::make_unique<NoProgress>();  // no thread to be had
  }
}

}  // namespace slim
