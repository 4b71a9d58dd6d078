// Results that a server keeps for all who use it. remote.cc says how they lie there.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cache/http.h"
#include "hash/sha256.h"
#include "util/bytes.h"

namespace slim::cache {

struct Wanted {
  Sha256 key = {};
  std::uint64_t most = 0;  // bytes that its value may have
};

class Remote {
 public:
  // `threads`: how many may wait in get() at a time.
  Remote(std::unique_ptr<HttpClient> client, unsigned threads);
  ~Remote();

  // Begins to fetch what get() will soon be asked for, in this order, a few at a time.
  void expect(std::vector<Wanted> wanted);
  // Waits for the value, but not for long. What comes was made by anybody: it has the key's seal and a right
  // hash, and that is all that is known of it. May be called from any thread, as put().
  std::optional<Bytes> get(const Wanted& wanted);
  // Sends it in the background, if there is room to hold it until then.
  void put(const Sha256& key, ByteView value);
  // A value turned out to be wrong. Too many, and the server is left alone.
  void complain();
  // Waits a little for what is still to be sent, then lets go of the server.
  void finish();

  std::uint64_t sent() const;
  // One sentence, where something went wrong.
  std::optional<std::string> trouble() const;

 private:
  using Lock = std::unique_lock<std::mutex>;
  struct Fetch {
    bool is_done = false;
    std::uint64_t most = 0;
    std::optional<Bytes> value;
  };
  // All with the lock held; start_… lets nobody wait.
  void start_expected();
  void start_fetch(const Wanted& wanted);
  void end_fetch(const Sha256& key, std::optional<Bytes> value);
  void leave_alone(std::string why);
  void note_complaint();
  bool read_failed(const HttpAnswer& answer);
  // Answers, by the client's thread.
  void take_action(const Wanted& wanted, const HttpAnswer& answer);
  void take_value(const Wanted& wanted, const Sha256& hash, HttpAnswer answer);
  void end_put(std::uint64_t held, const HttpAnswer& answer, bool is_last);

  const std::chrono::duration<double> most_waste_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Sha256, Fetch> fetches_;
  std::deque<Wanted> expected_;
  std::size_t under_way_ = 0;       // fetches
  std::uint64_t held_by_gets_ = 0;  // bytes that wait for get(), at most
  std::uint64_t held_by_puts_ = 0;  // bytes that wait to be sent
  std::size_t puts_ = 0;            // that wait or are under way
  std::uint64_t sent_ = 0;
  std::uint64_t unsent_ = 0;
  unsigned complaints_ = 0;
  std::chrono::duration<double> wasted_{0};
  bool reads_ = true;
  bool writes_ = true;
  std::string trouble_;
  std::string shown_;
  std::unique_ptr<HttpClient> client_;
  HttpClient& http_;  // the same: what its thread calls uses it until that thread has ended
};

}  // namespace slim::cache
