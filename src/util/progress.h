// How far a run has come, for whoever looks on. Stages tell it; what it does with that is its own affair.
#pragma once

#include <cstdint>
#include <string_view>

namespace slim {

class Progress {
 public:
  virtual ~Progress() = default;
  // A stage begins that has `all` units of work (bytes, mostly); 0 where the stage can't tell.
  virtual void begin(std::string_view stage, std::uint64_t all) = 0;
  // The same where the units are things that people count: "importing", 906, "modules (before)".
  virtual void begin_counted(std::string_view stage, std::uint64_t all, std::string_view things) = 0;
  // So many more units are done. May be called from any thread.
  virtual void advance(std::uint64_t units) = 0;
};

// For runs that nobody watches.
class NoProgress final : public Progress {
 public:
  void begin(std::string_view, std::uint64_t) override {}
  void begin_counted(std::string_view, std::uint64_t, std::string_view) override {}
  void advance(std::uint64_t) override {}
};

}  // namespace slim
