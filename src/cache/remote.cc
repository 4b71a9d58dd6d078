// The layout is that of Bazel's HTTP cache: /cas/<SHA-256 of the bytes> holds bytes, /ac/<key> says what a
// key's bytes are, as an ActionResult that names them. So each value takes two GETs, and two PUTs, of which
// the bytes go first. In return it works with the servers that Bazel's users have as they stand:
// bazel-remote checks /cas/ against its hash and /ac/ for being an ActionResult, and a plain WebDAV server
// takes anything. ccache's layouts, which put a value under its key at once, are refused by the first (400
// Bad Request) unless it is told not to look.
//
// The bytes carry the seal of a local file (seal.h), so that an /ac/ entry which names another key's bytes is
// told from the right one.
//
// A server must never make a run slower than it would be without, nor make it fail:
//   - refused, timed out, 5xx, 401, 403: it is left alone for the rest of the run. Where it only refuses to be
//     written to, it is still read;
//   - the time that threads wait for answers is added up, less the time that deflating would have taken
//     instead. Once a run has lost two seconds for each of its threads, the server is asked no more;
//   - what is sent is sent in the background, from memory that is bounded; at the end a run waits five seconds
//     for it.
#include "cache/remote.h"

#include <algorithm>

#include "cache/action_result.h"
#include "cache/seal.h"
#include "util/format.h"
#include "util/trace.h"

namespace slim::cache {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr Seconds kMostWait{4};   // for one value: connecting, and silence in either of two answers
constexpr Seconds kMostWaste{2};  // of each thread
constexpr Seconds kMostAtEnd{5};
constexpr double kMadePerSecond = 20e6;  // bytes that a thread deflates, on a bad day
constexpr std::size_t kFetches = 8;
constexpr std::uint64_t kMostHeld = 64 << 20;   // by expected fetches, and as much by what is to be sent
constexpr std::uint64_t kMostSent = 256 << 20;  // one value
constexpr unsigned kComplaints = 3;

std::string action_path(const Sha256& key) { return "/ac/" + to_hex(key); }
std::string blob_path(const Sha256& hash) { return "/cas/" + to_hex(hash); }

bool is_good(int status) { return status >= 200 && status < 300; }

std::string why_not(const HttpAnswer& answer) {
  if (answer.status == 401 || answer.status == 403)
    return format("it answers {}: name a user as in http://USER:PASSWORD@HOST", answer.status);
  return answer.status == 0 ? answer.fault : format("it answers {}", answer.status);
}

}  // namespace

Remote::Remote(std::unique_ptr<HttpClient> client, unsigned threads)
    : most_waste_(kMostWaste * std::max(1U, threads)),
      shown_(client->shown()),
      client_(std::move(client)),
      http_(*client_) {}

Remote::~Remote() { client_.reset(); }  // its thread ends before what it speaks to

void Remote::expect(std::vector<Wanted> wanted) {
  const Lock lock(mutex_);
  expected_.assign(wanted.begin(), wanted.end());
  start_expected();
}

void Remote::start_expected() {
  while (reads_ && under_way_ < kFetches && held_by_gets_ < kMostHeld && !expected_.empty()) {
    const Wanted next = expected_.front();
    expected_.pop_front();
    if (!fetches_.contains(next.key)) start_fetch(next);
  }
}

void Remote::start_fetch(const Wanted& wanted) {
  fetches_.emplace(wanted.key, Fetch{.most = wanted.most, .value = {}});
  ++under_way_;
  held_by_gets_ += wanted.most;
  http_.start({.path = action_path(wanted.key), .body = {}, .done = [this, wanted](const HttpAnswer& answer) {
                 take_action(wanted, answer);
               }});
}

// Whether the answer brings no value. A server that failed (not one that merely has no value) is asked no
// more.
bool Remote::read_failed(const HttpAnswer& answer) {
  if (answer.status == 200) return false;
  if (answer.too_large) {
    note_complaint();
  } else if (answer.status != 404 && answer.status != 410) {
    leave_alone(why_not(answer));
  }
  return true;
}

void Remote::take_action(const Wanted& wanted, const HttpAnswer& answer) {
  const Lock lock(mutex_);
  if (read_failed(answer)) return end_fetch(wanted.key, std::nullopt);
  const std::optional<Digest> digest = digest_in(answer.body);
  if (!digest || digest->size < kSealSize || digest->size - kSealSize > wanted.most) {
    note_complaint();
    return end_fetch(wanted.key, std::nullopt);
  }
  http_.start({.path = blob_path(digest->hash),
               .body = {},
               .most = digest->size,
               .done = [this, wanted, hash = digest->hash](HttpAnswer blob) {
                 take_value(wanted, hash, std::move(blob));
               }});
  // Now it is known how large it is, rather than how large it may be.
  Fetch& fetch = fetches_.at(wanted.key);
  held_by_gets_ -= fetch.most - std::min(fetch.most, digest->size);
  fetch.most = std::min(fetch.most, digest->size);
  start_expected();
}

void Remote::take_value(const Wanted& wanted, const Sha256& hash, HttpAnswer answer) {
  const bool is_right =
      answer.status == 200 && sha256(answer.body) == hash && is_sealed(wanted.key, answer.body);
  const Lock lock(mutex_);
  if (read_failed(answer)) return end_fetch(wanted.key, std::nullopt);
  if (!is_right) {
    note_complaint();
    return end_fetch(wanted.key, std::nullopt);
  }
  answer.body.erase(answer.body.begin(), answer.body.begin() + kSealSize);
  end_fetch(wanted.key, std::move(answer.body));
}

void Remote::end_fetch(const Sha256& key, std::optional<Bytes> value) {
  --under_way_;
  if (const auto found = fetches_.find(key); found != fetches_.end()) {
    found->second.is_done = true;
    found->second.value = std::move(value);
    if (!found->second.value) {
      held_by_gets_ -= found->second.most;
      found->second.most = 0;
    }
  }
  start_expected();
  changed_.notify_all();
}

std::optional<Bytes> Remote::get(const Wanted& wanted) {
  const trace::Span span("cache server");
  Lock lock(mutex_);
  if (!reads_) return std::nullopt;
  if (!fetches_.contains(wanted.key)) start_fetch(wanted);
  const Clock::time_point start = Clock::now();
  const auto is_over = [&] { return !reads_ || fetches_.at(wanted.key).is_done; };
  const bool came = changed_.wait_for(lock, kMostWait, is_over);
  const Seconds waited = Clock::now() - start;
  Fetch& fetch = fetches_.at(wanted.key);
  std::optional<Bytes> value = std::move(fetch.value);
  fetch.value.reset();
  if (value) held_by_gets_ -= fetch.most;
  wasted_ += value ? waited - Seconds(static_cast<double>(value->size()) / kMadePerSecond) : waited;
  wasted_ = std::max(wasted_, Seconds(0));
  if (!came) {
    leave_alone("it doesn't answer in time");
  } else if (wasted_ > most_waste_) {
    leave_alone("it takes longer than making the results anew");
  }
  start_expected();
  return value;
}

void Remote::put(const Sha256& key, ByteView value) {
  const std::uint64_t size = kSealSize + value.size();
  {
    const Lock lock(mutex_);
    if (!writes_) return;
    if (size > kMostSent || (held_by_puts_ != 0 && size > kMostHeld - std::min(kMostHeld, held_by_puts_))) {
      ++unsent_;
      return;
    }
    held_by_puts_ += size;
    ++puts_;
  }
  Bytes blob = seal_of(key, value);
  blob.insert(blob.end(), value.begin(), value.end());
  const Digest digest{.hash = sha256(blob), .size = blob.size()};
  http_.start({.path = blob_path(digest.hash),
               .is_put = true,
               .body = std::move(blob),
               .done = [this, key, digest](const HttpAnswer& answer) {
                 end_put(digest.size, answer, false);
                 if (!is_good(answer.status)) return;
                 http_.start({.path = action_path(key),
                              .is_put = true,
                              .body = action_result(digest),
                              .done = [this](const HttpAnswer& last) { end_put(0, last, true); }});
               }});
}

void Remote::end_put(std::uint64_t held, const HttpAnswer& answer, bool is_last) {
  const Lock lock(mutex_);
  held_by_puts_ -= held;
  if (!is_good(answer.status)) {
    ++unsent_;
    --puts_;
    // One value that is too large for it (400 from bazel-remote, 413 from others) says nothing about the
    // next.
    if (answer.status == 0 || answer.status >= 500) {
      leave_alone(why_not(answer));
    } else if (answer.status != 400 && answer.status != 413) {
      writes_ = false;
      if (trouble_.empty())
        trouble_ = format("the cache at {} takes no results: {}", shown_, why_not(answer));
    }
  } else if (is_last) {
    ++sent_;
    --puts_;
  }
  changed_.notify_all();
}

void Remote::complain() {
  const Lock lock(mutex_);
  note_complaint();
}

void Remote::note_complaint() {
  if (++complaints_ == kComplaints) leave_alone("what it sends is no result of slim's, or damaged");
}

void Remote::leave_alone(std::string why) {
  if (trouble_.empty())
    trouble_ = format("the cache at {} was left alone for the rest of the run: {}", shown_, why);
  reads_ = false;
  writes_ = false;
  expected_.clear();
  changed_.notify_all();
}

void Remote::finish() {
  {
    Lock lock(mutex_);
    reads_ = false;
    expected_.clear();
    const bool all = changed_.wait_for(lock, kMostAtEnd, [&] { return puts_ == 0 || !writes_; });
    if (!all) unsent_ += puts_;
    if (trouble_.empty() && unsent_ != 0)
      trouble_ = format("{} results did not reach the cache at {}: too large for it, or too slow a way there",
                        unsent_, shown_);
    reads_ = false;
    writes_ = false;
  }
  client_.reset();
}

std::uint64_t Remote::sent() const {
  const Lock lock(mutex_);
  return sent_;
}

std::optional<std::string> Remote::trouble() const {
  const Lock lock(mutex_);
  return trouble_.empty() ? std::nullopt : std::optional(trouble_);
}

}  // namespace slim::cache
