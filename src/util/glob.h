// Path globs: '*' and '?' stop at '/', '**' does not, '[a-z]' and '{a,b}' as in a shell. Byte-wise,
// case-sensitive, never locale-dependent. A pattern without '/' matches the last component; one with '/' the
// whole path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace slim {

class Glob {
 public:
  // Errors: an unclosed '[' or '{', with its offset.
  static Result<Glob> compile(std::string pattern);
  bool matches(std::string_view path) const;
  const std::string& pattern() const { return pattern_; }

 private:
  std::string pattern_;
  // One of the patterns that the braces stand for. Most paths fail at its literal parts already.
  struct Alternative {
    std::string pattern;
    std::string literal_end;   // every match ends in it
    std::string literal_part;  // and holds this, the longest
  };
  std::vector<Alternative> alternatives_;
  bool whole_path_ = false;
};

}  // namespace slim
