// Who reaches this file from there? The graph of references between files, walked from those that are taken
// for needed: for the plan all that stays. What a reference means only its language knows (Follower); how it
// is walked is the same for all.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/inspection.h"
#include "model/package.h"

namespace slim {

// Why a file is needed that nobody had taken for needed.
struct Need {
  std::string reason;      // a clause that names the file which needs it
  bool is_beside = false;  // as data beside code that is needed, and not by itself
};

class Follower;

class Reach {
 public:
  // candidate[i]: entry i is not taken for needed, and the walk tells whether it is. All must outlive this.
  Reach(const Package& package, const Inspection& inspection, const std::vector<bool>& candidate,
        const ReadMore& read_more);

  // Walks from every entry that is no candidate and that a follower begins at. Gives the candidates that are
  // needed. Errors: of reading.
  Result<std::map<std::size_t, Need>> walk(const std::vector<std::unique_ptr<Follower>>& followers);

  // ---- For followers ----
  const Package& package() const { return package_; }
  const Inspection& inspection() const { return inspection_; }
  const std::string& path(std::size_t i) const { return package_.entries[i].path; }
  bool is_candidate(std::size_t i) const { return candidate_[i]; }
  bool is_needed(std::size_t i) const { return needed_.contains(i); }
  const ReadMore& read_more() const { return read_more_; }

  // Entry i is needed: true if that is new. A reason of its own takes the place of lying beside something.
  bool need(std::size_t i, const Need& need);
  // Its own references count, too.
  void follow_later(std::size_t i);

  // Visits the entries below a folder, which ends with a slash.
  template <typename Visit>
  void for_each_below(std::string_view folder, Visit visit) const {
    for (std::size_t i = first_below(folder);
         i < package_.entries.size() && package_.entries[i].path.starts_with(folder); ++i)
      visit(i);
  }

 private:
  std::size_t first_below(std::string_view folder) const;

  const Package& package_;
  const Inspection& inspection_;
  const std::vector<bool>& candidate_;
  const ReadMore& read_more_;
  std::vector<bool> followed_;
  std::map<std::size_t, Need> needed_;
  std::vector<std::size_t> queue_;
};

// What the references of one language's files lead to.
class Follower {
 public:
  Follower() = default;
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;
  virtual ~Follower() = default;

  // Is the entry code, or a file that code obeys, by itself? Others are followed when something reaches them.
  virtual bool begins_at(std::size_t i) const = 0;
  // Tells `reach` what the entry needs. Its facts are read. Errors: of reading more.
  virtual Status follow(std::size_t from, Reach& reach) = 0;
};

}  // namespace slim
