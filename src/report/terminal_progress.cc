#include "report/terminal_progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include "util/format.h"

namespace slim {
namespace {

using Clock = std::chrono::steady_clock;

class TerminalProgress final : public Progress {
 public:
  TerminalProgress() = default;
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;
  ~TerminalProgress() override {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
  }

  void begin(std::string_view stage, std::uint64_t all) override {
    const std::lock_guard lock(mutex_);
    stage_ = stage;
    all_ = all;
    done_ = 0;
    draw_if_due();
  }

  void advance(std::uint64_t units) override {
    const std::lock_guard lock(mutex_);
    done_ += units;
    draw_if_due();
  }

 private:
  // Ten times a second at most, and never in the first quarter of a second: short runs stay silent.
  void draw_if_due() {
    const auto now = Clock::now();
    if (now < due_) return;
    due_ = now + std::chrono::milliseconds(100);
    constexpr std::uint64_t cells = 30;
    std::string bar;
    if (all_ != 0) {
      const std::uint64_t part = done_ < all_ ? done_ : all_;
      const auto full =
          static_cast<std::uint64_t>(static_cast<double>(part) / static_cast<double>(all_) * cells);
      for (std::uint64_t i = 0; i < cells; ++i) bar += i < full ? "█" : "░";
    }
    std::fputs(format("\r\x1b[K  {:<10} {}", stage_, bar).c_str(), stderr);
    std::fflush(stderr);
    drawn_ = true;
  }

  std::mutex mutex_;
  std::string stage_;
  std::uint64_t all_ = 0;
  std::uint64_t done_ = 0;
  bool drawn_ = false;
  Clock::time_point due_ = Clock::now() + std::chrono::milliseconds(250);
};

}  // namespace

std::unique_ptr<Progress> make_terminal_progress(bool quiet) {
  const char* term = std::getenv("TERM");
  const bool can_draw = isatty(STDERR_FILENO) == 1 && term != nullptr && std::string_view(term) != "dumb";
  if (quiet || !can_draw) return std::make_unique<NoProgress>();
  return std::make_unique<TerminalProgress>();
}

}  // namespace slim
