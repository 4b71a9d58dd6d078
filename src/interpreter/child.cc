#include "interpreter/child.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "interpreter/spawn.h"
#include "util/format.h"

namespace slim::interpreter {

Result<Child> Child::start(const std::vector<std::string>& arguments) {
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return tl::unexpected(system_error("a socket"));
  }
  Descriptor own(pair[0]);
  const Descriptor theirs(pair[1]);
  TRY(const int process, spawn(arguments, small_environment(), {.in = theirs.get(), .out = theirs.get()}));
  return Child(process, std::move(own));
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      socket_(std::move(other.socket_)),
      buffer_(std::move(other.buffer_)),
      taken_(other.taken_) {}

Child::~Child() {
  if (process_ <= 0) return;
  end_group(process_);
}

Status Child::write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return fail("the interpreter ended before it was done");
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return {};
}

void Child::end_of_input() { shutdown(socket_.get(), SHUT_WR); }

Result<bool> Child::fill(std::chrono::seconds limit) {
  pollfd waiting{.fd = socket_.get(), .events = POLLIN, .revents = 0};
  int ready = 0;
  do {
    ready = poll(&waiting, 1, static_cast<int>(limit.count() * 1000));
  } while (ready < 0 && errno == EINTR);
  if (ready == 0) return fail(format("the interpreter was silent for {} seconds", limit.count()));
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  constexpr std::size_t chunk = 1 << 16;
  const std::size_t filled = buffer_.size();
  buffer_.resize(filled + chunk);
  const ssize_t got = recv(socket_.get(), buffer_.data() + filled, chunk, 0);
  buffer_.resize(filled + static_cast<std::size_t>(got > 0 ? got : 0));
  return got > 0;
}

Result<Bytes> Child::read(std::size_t size, std::chrono::seconds limit) {
  while (buffer_.size() - taken_ < size) {
    TRY(const bool more, fill(limit));
    if (!more) return fail("the interpreter ended before it was done");
  }
  const auto begin = buffer_.begin() + static_cast<std::ptrdiff_t>(taken_);
  taken_ += size;
  return Bytes(begin, begin + static_cast<std::ptrdiff_t>(size));
}

Result<std::optional<std::string>> Child::read_line(std::chrono::seconds limit) {
  while (true) {
    const std::string_view waiting = as_text(buffer_).substr(taken_);
    const std::size_t end = waiting.find('\n');
    if (end != std::string_view::npos) {
      taken_ += end + 1;
      return std::optional(std::string(waiting.substr(0, end)));
    }
    TRY(const bool more, fill(limit));
    if (!more) return std::optional<std::string>();
  }
}

}  // namespace slim::interpreter
