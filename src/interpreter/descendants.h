// Processes that a package's code has started and left behind.
#pragma once

#include <set>

namespace slim::interpreter {

// A process that leaves its group (setsid, a daemon) escapes whoever ends the group. While this object lives,
// orphans become children of slim (PR_SET_CHILD_SUBREAPER), and end_all() ends those that were not there at
// its beginning. To be used where nothing else of slim starts processes at the same time.
class Descendants {
 public:
  Descendants();
  Descendants(const Descendants&) = delete;
  Descendants& operator=(const Descendants&) = delete;
  ~Descendants();
  void end_all() const;

 private:
  std::set<int> known_;
  int was_reaper_ = 0;
};

}  // namespace slim::interpreter
