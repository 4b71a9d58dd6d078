#include "plan/user_globs.h"

#include <algorithm>
#include <utility>

#include "plan/wishes.h"
#include "util/format.h"

namespace slim {
namespace {

Result<std::vector<UserGlob>> compile_all(const std::vector<Given>& patterns) {
  std::vector<UserGlob> globs;
  for (const Given& pattern : patterns) {
    TRY(Glob glob, compile_wish(pattern));
    globs.push_back({std::move(glob), pattern.reason});
  }
  return globs;
}

}  // namespace

std::string UserGlob::reason_by(const char* flag) const {
  if (reason.empty()) return format("matches {} '{}'", flag, glob.pattern());
  return format("{} (matches '{}' of slim.toml)", reason, glob.pattern());
}

Hold UserGlob::hold_by(const char* flag) const {
  return {reason.empty() ? flag : "slim.toml", reason_by(flag)};
}

Result<UserGlobs> user_globs(const Options& options) {
  UserGlobs globs;
  TRY(globs.keep, compile_all(options.keep));
  TRY(globs.drop, compile_all(options.drop));
  TRY(globs.keep_strip, compile_all(options.keep_strip));
  return globs;
}

const UserGlob* first_match(const std::vector<UserGlob>& globs, std::string_view path) {
  const auto found =
      std::ranges::find_if(globs, [&](const UserGlob& each) { return means(each.glob, path); });
  return found == globs.end() ? nullptr : &*found;
}

}  // namespace slim
