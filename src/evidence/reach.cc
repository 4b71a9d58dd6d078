#include "evidence/reach.h"

#include <algorithm>
#include <utility>

namespace slim {

Reach::Reach(const Package& package, const Inspection& inspection, const std::vector<bool>& candidate,
             const ReadMore& read_more)
    : package_(package),
      inspection_(inspection),
      candidate_(candidate),
      read_more_(read_more),
      followed_(candidate.size()) {}

// In waves, so that what a wave has reached can be read together.
Result<std::map<std::size_t, Need>> Reach::walk(const std::vector<std::unique_ptr<Follower>>& followers) {
  for (std::size_t i = 0; i < candidate_.size(); ++i) {
    const bool begins = !candidate_[i] && std::ranges::any_of(followers, [&](const auto& follower) {
      return follower->begins_at(i);
    });
    if (begins) follow_later(i);
  }
  while (!queue_.empty()) {
    const std::vector<std::size_t> wave = std::exchange(queue_, {});
    CHECK_OK(read_more_(wave));
    for (const std::size_t next : wave) {
      for (const auto& follower : followers) CHECK_OK(follower->follow(next, *this));
    }
  }
  return std::move(needed_);
}

bool Reach::need(std::size_t i, const Need& need) {
  const auto [known, is_new] = needed_.try_emplace(i, need);
  if (!is_new && known->second.is_beside && !need.is_beside) known->second = need;
  return is_new;
}

void Reach::follow_later(std::size_t i) {
  if (followed_[i]) return;
  followed_[i] = true;
  queue_.push_back(i);
}

std::size_t Reach::first_below(std::string_view folder) const {
  const auto found = std::ranges::lower_bound(
      package_.entries, folder, {}, [](const Entry& entry) { return std::string_view(entry.path); });
  return static_cast<std::size_t>(found - package_.entries.begin());
}

}  // namespace slim
