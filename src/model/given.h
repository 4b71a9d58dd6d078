// A word of the user's, and where it stands: what errors and reports call it.
#pragma once

#include <string>

namespace slim {

struct Given {
  std::string text;
  std::string from;    // "--keep", or "slim.toml: line 3, column 1: keep"
  std::string reason;  // the user's own; only slim.toml can state one
};

}  // namespace slim
