// Times the stages as they report their progress, for --stats and --trace.
#pragma once

#include <memory>
#include <vector>

#include "model/stage_time.h"
#include "util/progress.h"

namespace slim {

// Passes all on to another Progress. Where --stats was not asked for there is none, and it costs nothing.
class StageClock final : public Progress {
 public:
  StageClock(std::unique_ptr<Progress> shown, bool measure);
  ~StageClock() override;
  void begin(std::string_view stage, std::uint64_t all) override;
  void begin_counted(std::string_view stage, std::uint64_t all, std::string_view things) override;
  void advance(std::uint64_t units) override;
  // The last stage ends; what was shown is wiped.
  void finish();
  const std::vector<StageTime>& stages() const;

 private:
  class Measurement;
  std::unique_ptr<Progress> shown_;
  std::unique_ptr<Measurement> measurement_;
};

}  // namespace slim
