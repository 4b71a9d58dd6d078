#include "interpreter/descendants.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "util/file.h"

namespace slim::interpreter {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end != text.data() ? std::optional(value) : std::nullopt;
}

// "17 (a name with ) in it) S 4 …": the parent is the second field after the name (proc(5)).
std::optional<int> parent_in(std::string_view stat) {
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string_view::npos || stat.size() < name_end + 5) return std::nullopt;
  return number(stat.substr(name_end + 4));
}

std::set<int> children() {
  std::set<int> found;
  std::error_code error;
  for (std::filesystem::directory_iterator item("/proc", error), end; !error && item != end;
       item.increment(error)) {
    const std::optional<int> process = number(item->path().filename().string());
    if (!process) continue;
    const Result<Bytes> stat = read_file(item->path().string() + "/stat");
    if (stat && parent_in(as_text(*stat)) == getpid()) found.insert(*process);
  }
  return found;
}

}  // namespace

Descendants::Descendants() : known_(children()) {
  prctl(PR_GET_CHILD_SUBREAPER, &was_reaper_, 0, 0, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

Descendants::~Descendants() {
  end_all();
  prctl(PR_SET_CHILD_SUBREAPER, was_reaper_, 0, 0, 0);
}

// Ending one makes its own children orphans, which come next. Bounded, as some may start others all the time.
void Descendants::end_all() const {
  constexpr int most_rounds = 1000;
  for (int round = 0; round < most_rounds; ++round) {
    std::set<int> left = children();
    for (const int process : known_) left.erase(process);
    if (left.empty()) return;
    for (const int process : left) kill(process, SIGKILL);
    for (const int process : left) {
      while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) continue;
    }
  }
}

}  // namespace slim::interpreter
