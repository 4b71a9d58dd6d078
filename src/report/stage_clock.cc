// Linux keeps the highest resident size of a process as VmHWM, and forgets it when "5" is written to
// /proc/self/clear_refs (proc(5)): so each stage gets its own. Where that file can't be written (some
// sandboxes), a stage's figure is the highest so far.
#include "report/stage_clock.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>

#include "util/file.h"

namespace slim {
namespace {

double cpu_seconds_so_far() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t peak_resident_bytes() {
  const Result<Bytes> status = read_file("/proc/self/status");
  if (!status) return 0;
  const std::string_view text = as_text(*status);
  constexpr std::string_view key = "VmHWM:";
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return 0;
  const std::size_t digits = text.find_first_not_of(" \t", at + key.size());
  std::uint64_t kilobytes = 0;
  std::from_chars(text.data() + digits, text.data() + text.size(), kilobytes);
  return kilobytes * 1024;
}

void forget_peak() {
  const Descriptor file(open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC));
  if (file) static_cast<void>(!write_all(file.get(), as_bytes("5")));
}

}  // namespace

class StageClock::Measurement {
 public:
  // A trial may be run several times: all of its runs together have one row. Its units are modules or
  // commands, so the row shows no bytes.
  void begin(std::string_view stage, bool of_bytes) {
    if (running_ && !of_bytes && !of_bytes_ && current_.name == stage) return;
    end();
    forget_peak();
    current_ = {.name = std::string(stage)};
    of_bytes_ = of_bytes;
    bytes_ = 0;
    cpu_ = cpu_seconds_so_far();
    start_ = std::chrono::steady_clock::now();
    running_ = true;
  }

  void advance(std::uint64_t units) {
    if (of_bytes_) bytes_.fetch_add(units, std::memory_order_relaxed);
  }

  void end() {
    if (!running_) return;
    running_ = false;
    current_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    current_.cpu_seconds = cpu_seconds_so_far() - cpu_;
    current_.bytes = bytes_;
    current_.peak_bytes = peak_resident_bytes();
    stages_.push_back(current_);
  }

  const std::vector<StageTime>& stages() const { return stages_; }

 private:
  StageTime current_;
  std::atomic<std::uint64_t> bytes_{0};
  double cpu_ = 0;
  std::chrono::steady_clock::time_point start_;
  bool running_ = false;
  bool of_bytes_ = true;
  std::vector<StageTime> stages_;
};

StageClock::StageClock(std::unique_ptr<Progress> shown, bool measure)
    : shown_(std::move(shown)), measurement_(measure ? std::make_unique<Measurement>() : nullptr) {}

StageClock::~StageClock() = default;

void StageClock::begin(std::string_view stage, std::uint64_t all) {
  shown_->begin(stage, all);
  if (measurement_ != nullptr) measurement_->begin(stage, true);
}

void StageClock::begin_counted(std::string_view stage, std::uint64_t all, std::string_view things) {
  shown_->begin_counted(stage, all, things);
  if (measurement_ != nullptr) measurement_->begin(stage, false);
}

void StageClock::advance(std::uint64_t units) {
  shown_->advance(units);
  if (measurement_ != nullptr) measurement_->advance(units);
}

void StageClock::finish() {
  shown_ = std::make_unique<NoProgress>();
  if (measurement_ != nullptr) measurement_->end();
}

const std::vector<StageTime>& StageClock::stages() const {
  static const std::vector<StageTime> none;
  return measurement_ == nullptr ? none : measurement_->stages();
}

}  // namespace slim
