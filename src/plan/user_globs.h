// The user's own globs (--keep, --drop, --keep-strip), and the words in which their effects are told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/options.h"
#include "model/plan.h"
#include "util/glob.h"
#include "util/result.h"

namespace slim {

struct UserGlob {
  Glob glob;
  std::string reason;  // from slim.toml; empty: by a flag

  // "matches --keep '*.so'", or the reason that slim.toml gives.
  std::string reason_by(const char* flag) const;
  // That the user wants the file held, in words that name where.
  Hold hold_by(const char* flag) const;
};

struct UserGlobs {
  std::vector<UserGlob> keep;
  std::vector<UserGlob> drop;
  std::vector<UserGlob> keep_strip;
};

// Errors: bad globs.
Result<UserGlobs> user_globs(const Options& options);

// nullptr where none means the path.
const UserGlob* first_match(const std::vector<UserGlob>& globs, std::string_view path);

}  // namespace slim
