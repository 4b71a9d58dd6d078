#include "interpreter/command.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>

#include "interpreter/descendants.h"
#include "util/file.h"
#include "util/format.h"

namespace slim::interpreter {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kHead = 1 << 20;
constexpr std::size_t kTail = 1 << 16;

// Limits are set by a shell of their own: posix_spawn can't. RLIMIT_DATA and not RLIMIT_AS, as the runtimes
// of JavaScript and Java reserve far more addresses than they use.
constexpr const char* kPrelude =
    "ulimit -c 0; ulimit -d \"$3\" 2>/dev/null; cd -- \"$1\" && exec /bin/sh -c \"$2\"";

// A hash of a stream in constant memory, which doesn't depend on how it was cut into pieces.
class StreamHash {
 public:
  void add(ByteView bytes) {
    while (!bytes.empty()) {
      const std::size_t part = std::min(bytes.size(), kBlock - block_.size());
      block_.insert(block_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(part));
      bytes = bytes.subspan(part);
      if (block_.size() == kBlock) close_block();
    }
  }
  Hash128 finish() {
    close_block();
    return chain_;
  }

 private:
  static constexpr std::size_t kBlock = 1 << 20;
  void close_block() {
    for (int i = 0; i < 8; ++i) {
      block_.push_back(static_cast<std::uint8_t>(chain_.high >> (8 * i)));
      block_.push_back(static_cast<std::uint8_t>(chain_.low >> (8 * i)));
    }
    chain_ = hash_bytes(block_);
    block_.clear();
  }
  Bytes block_;
  Hash128 chain_;
};

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return tl::unexpected(system_error("a pipe"));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// What comes out of the command, taken in as it comes.
class Intake {
 public:
  Intake(Descriptor out, Descriptor err) : out_(std::move(out)), err_(std::move(err)) {}

  bool is_open() const { return out_ || err_; }

  // Waits so long at most for something to read, and reads it.
  void read_some(std::chrono::milliseconds limit) {
    std::array<pollfd, 2> waiting = {pollfd{.fd = out_.get(), .events = POLLIN, .revents = 0},
                                     pollfd{.fd = err_.get(), .events = POLLIN, .revents = 0}};
    if (poll(waiting.data(), waiting.size(), static_cast<int>(limit.count())) <= 0) return;
    if (waiting[0].revents != 0) take_output();
    if (waiting[1].revents != 0) take_errors();
  }

  void finish(CommandResult& result) {
    result.output_bytes = size_;
    result.output_hash = hash_.finish();
    result.output_head = std::move(head_);
    if (tail_.size() > kTail) tail_.erase(0, tail_.size() - kTail);
    result.errors_tail = std::move(tail_);
  }

 private:
  // Nothing at the end, where the descriptor is closed.
  ByteView piece(Descriptor& from) {
    ssize_t got = 0;
    do {
      got = read(from.get(), buffer_.data(), buffer_.size());
    } while (got < 0 && errno == EINTR);
    if (got <= 0) from = Descriptor();
    return ByteView(buffer_).first(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }

  void take_output() {
    const ByteView bytes = piece(out_);
    size_ += bytes.size();
    hash_.add(bytes);
    head_ += as_text(bytes).substr(0, kHead - head_.size());
  }

  void take_errors() {
    tail_ += as_text(piece(err_));
    if (tail_.size() > 16 * kTail) tail_.erase(0, tail_.size() - kTail);
  }

  Descriptor out_;
  Descriptor err_;
  Bytes buffer_ = Bytes(1 << 16);
  std::uint64_t size_ = 0;
  StreamHash hash_;
  std::string head_;
  std::string tail_;
};

// How the process has ended, if it has. It is not reaped yet, so that no other process gets its number.
std::optional<siginfo_t> look_whether_ended(int process) {
  siginfo_t info{};
  if (waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0) return std::nullopt;
  return info.si_pid == 0 ? std::nullopt : std::optional(info);
}

}  // namespace

bool agree(const CommandResult& a, const CommandResult& b) {
  return a.in_time == b.in_time && a.exit_code == b.exit_code && a.signal == b.signal &&
         a.output_bytes == b.output_bytes && a.output_hash == b.output_hash;
}

Result<CommandResult> run_command(const CommandRequest& request) {
  const Descendants descendants;
  TRY(Pipe out, make_pipe());
  TRY(Pipe err, make_pipe());
  TRY(const int process,
      spawn({"/bin/sh", "-c", kPrelude, "sh", request.folder, request.command,
             std::to_string(std::uint64_t{request.megabytes} << 10)},
            request.environment, {.out = out.write_end.get(), .err = err.write_end.get()}));
  out.write_end = Descriptor();
  err.write_end = Descriptor();
  Intake intake(std::move(out.read_end), std::move(err.read_end));
  constexpr std::chrono::milliseconds pause(10);
  const auto deadline = Clock::now() + std::chrono::seconds(request.seconds);
  std::optional<siginfo_t> end;
  while (!(end = look_whether_ended(process)) && Clock::now() < deadline) intake.read_some(pause);
  end_group(process);
  descendants.end_all();
  // All processes are ended, so what is in the pipes now is all that comes. Where /proc is missing, one that
  // could not be found may still be writing: it is not waited for long.
  const auto patience = Clock::now() + std::chrono::seconds(10);
  while (intake.is_open() && Clock::now() < patience) intake.read_some(pause);
  CommandResult result;
  result.in_time = end.has_value();
  if (end && end->si_code == CLD_EXITED) result.exit_code = end->si_status;
  if (end && end->si_code != CLD_EXITED) result.signal = end->si_status;
  intake.finish(result);
  return result;
}

}  // namespace slim::interpreter
