// Which thread did what and when, for --trace. Off unless start() was called: then a span costs one load.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace slim::trace {

struct Event {
  const char* what = "";             // a literal: "inflate"
  std::string of;                    // the entry's path; may be empty
  int thread = 0;                    // 0, 1, … in the order in which threads first did something
  std::chrono::nanoseconds begin{};  // since start()
  std::chrono::nanoseconds length{};
};

void start();
bool is_on();
// All that was recorded, sorted by beginning. To be called when no span is open.
std::vector<Event> take();

// From its construction to its destruction, on this thread. `of` must outlive it.
class Span {
 public:
  explicit Span(const char* what, std::string_view of = {}) : what_(is_on() ? what : nullptr), of_(of) {
    if (what_ != nullptr) begin_ = std::chrono::steady_clock::now();
  }
  ~Span() {
    if (what_ != nullptr) record();
  }
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;

 private:
  void record() const;
  const char* what_;
  std::string_view of_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace slim::trace
