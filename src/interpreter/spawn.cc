#include "interpreter/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "util/file.h"
#include "util/format.h"

namespace slim::interpreter {
namespace {

// Owns what posix_spawn wants prepared.
class SpawnSetup {
 public:
  explicit SpawnSetup(const Streams& streams) {
    posix_spawn_file_actions_init(&actions_);
    connect(streams.in, 0);
    connect(streams.out, 1);
    connect(streams.err, 2);
    posix_spawnattr_init(&attributes_);
    // A process group of its own, so that ending it ends its children too. Signals are as in a fresh process:
    // slim blocks those that end it (util/file.cc), and whoever sends one to a child expects it to arrive.
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes_, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes_, &all);
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
  void connect(int descriptor, int target) {
    if (descriptor >= 0) {
      posix_spawn_file_actions_adddup2(&actions_, descriptor, target);
    } else {
      posix_spawn_file_actions_addopen(&actions_, target, "/dev/null", O_RDWR, 0);
    }
  }

  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

// LD_LIBRARY_PATH is how the interpreters of Lambda's images find their own libpython.
Environment small_environment() {
  const char* path = std::getenv("PATH");
  Environment out = {{"PATH", path == nullptr ? "/usr/bin:/bin" : path},
                     {"HOME", "/nonexistent"},
                     {"LC_ALL", "C.UTF-8"},
                     {"MPLBACKEND", "agg"},
                     {"OPENBLAS_NUM_THREADS", "1"},
                     {"PYTHONHASHSEED", "0"}};
  if (const char* libraries = std::getenv("LD_LIBRARY_PATH")) out["LD_LIBRARY_PATH"] = libraries;
  return out;
}

Result<int> spawn(const std::vector<std::string>& arguments, const Environment& environment,
                  const Streams& streams) {
  const SpawnSetup setup(streams);
  std::vector<std::string> texts = arguments;
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  int failure = 0;
  const int process = start_group([&] {
    int started = -1;
    failure = posix_spawnp(&started, texts[0].c_str(), setup.actions(), setup.attributes(),
                           pointers(texts).data(), pointers(variables).data());
    return failure == 0 ? started : -1;
  });
  if (failure != 0)
    return fail(format("{}: can't be started: {}", printable(texts[0]), std::strerror(failure)));
  return process;
}

void end_group(int process) {
  kill(-process, SIGKILL);
  while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) continue;
  forget_group(process);
}

}  // namespace slim::interpreter
