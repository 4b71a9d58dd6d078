#include "interpreter/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "util/format.h"

namespace slim::interpreter {
namespace {

// Owns what posix_spawn wants prepared.
class SpawnSetup {
 public:
  explicit SpawnSetup(int socket) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, socket, 0);
    posix_spawn_file_actions_adddup2(&actions_, socket, 1);
    posix_spawn_file_actions_addopen(&actions_, 2, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes_);
    // A process group of its own, so that ending it ends its children too.
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes_, 0);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

// LD_LIBRARY_PATH is how the interpreters of Lambda's images find their own libpython.
std::vector<std::string> small_environment() {
  const char* path = std::getenv("PATH");
  std::vector<std::string> out = {format("PATH={}", path == nullptr ? "/usr/bin:/bin" : path),
                                  "HOME=/nonexistent",
                                  "LC_ALL=C.UTF-8",
                                  "MPLBACKEND=agg",
                                  "OPENBLAS_NUM_THREADS=1",
                                  "PYTHONHASHSEED=0"};
  if (const char* libraries = std::getenv("LD_LIBRARY_PATH"))
    out.push_back(format("LD_LIBRARY_PATH={}", libraries));
  return out;
}

}  // namespace

Result<Child> Child::start(const std::vector<std::string>& arguments) {
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
    return tl::unexpected(system_error("a socket"));
  }
  Descriptor own(pair[0]);
  const Descriptor theirs(pair[1]);
  const SpawnSetup setup(theirs.get());
  std::vector<std::string> texts = arguments;
  std::vector<std::string> environment = small_environment();
  int process = -1;
  const int failure = posix_spawnp(&process, texts[0].c_str(), setup.actions(), setup.attributes(),
                                   pointers(texts).data(), pointers(environment).data());
  if (failure != 0)
    return fail(format("{}: can't be started: {}", printable(texts[0]), std::strerror(failure)));
  return Child(process, std::move(own));
}

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      socket_(std::move(other.socket_)),
      buffer_(std::move(other.buffer_)),
      taken_(other.taken_) {}

Child::~Child() {
  if (process_ <= 0) return;
  kill(-process_, SIGKILL);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
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
