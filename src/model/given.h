// A word of the user's, and where it stands: what errors and reports call it.
#pragma once

#include <string>

namespace slim {

struct Given {
  std::string text;
  std::string from;    // "--keep", or "slim.toml: line 3, column 1: keep"
  std::string reason;  // the user's own; what slim.toml keeps or drops has one, a flag has none
};

// The slim.toml behind a run.
struct ConfigUse {
  std::string path;     // empty: none
  std::string profile;  // empty: none
};

}  // namespace slim
