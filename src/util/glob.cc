// Globs are matched without backtracking over more than one '*' at a time: a mismatch goes back to the last
// '**' or '*', never to an earlier one, so the time is at most pattern × path. Going back to the last '*'
// alone suffices within a component; when that fails at a '/', the last '**' takes over.
#include "util/glob.h"

#include "util/format.h"

namespace slim {
namespace {

constexpr std::size_t kMostAlternatives = 1000;

// The text between the bracket at `open` and its partner, nesting respected; npos when there is none.
std::size_t closing_brace(std::string_view pattern, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < pattern.size(); ++i) {
    if (pattern[i] == '{') ++depth;
    if (pattern[i] == '}' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

// Expands the first brace group, then what comes of it.
Status expand(const std::string& pattern, std::vector<std::string>& out) {
  const std::size_t open = pattern.find('{');
  if (open == std::string::npos) {
    if (out.size() == kMostAlternatives)
      return fail(format("glob has more than {} alternatives", kMostAlternatives));
    out.push_back(pattern);
    return {};
  }
  const std::size_t close = closing_brace(pattern, open);
  if (close == std::string::npos) {
    return fail(format("glob '{}' has a '{{' at offset {} that is never closed", printable(pattern), open));
  }
  std::size_t begin = open + 1;
  std::size_t depth = 0;
  for (std::size_t i = open + 1; i <= close; ++i) {
    if (pattern[i] == '{') ++depth;
    if (pattern[i] == '}' && i != close) --depth;
    if (i != close && (pattern[i] != ',' || depth != 0)) continue;
    CHECK_OK(
        expand(pattern.substr(0, open) + pattern.substr(begin, i - begin) + pattern.substr(close + 1), out));
    begin = i + 1;
  }
  return {};
}

// Where the set that opens there closes: a ']' that comes first belongs to it. npos: nowhere.
std::size_t closing_bracket(std::string_view pattern, std::size_t open) {
  const std::size_t first =
      open + 1 + (open + 1 < pattern.size() && (pattern[open + 1] == '!' || pattern[open + 1] == '^'));
  return pattern.find(']', first + 1);
}

Status check_brackets(const std::string& pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '[') continue;
    const std::size_t close = closing_bracket(pattern, i);
    if (close == std::string::npos) {
      return fail(format("glob '{}' has a '[' at offset {} that is never closed", printable(pattern), i));
    }
    i = close;
  }
  return {};
}

// By bytes: whether char has a sign is the processor's choice.
bool in_range(char first, char c, char last) {
  const auto byte = static_cast<unsigned char>(c);
  return static_cast<unsigned char>(first) <= byte && byte <= static_cast<unsigned char>(last);
}

// Matches one character against a set such as [a-z] or [!0-9]; moves `at` behind the set.
bool set_matches(std::string_view pattern, std::size_t& at, char c) {
  std::size_t i = at + 1;
  const bool negated = pattern[i] == '!' || pattern[i] == '^';
  if (negated) ++i;
  bool found = false;
  for (bool first = true; first || pattern[i] != ']'; first = false) {
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      found = found || in_range(pattern[i], c, pattern[i + 2]);
      i += 3;
    } else {
      found = found || pattern[i] == c;
      ++i;
    }
  }
  at = i + 1;
  return found != negated && c != '/';
}

// One character of the pattern against one of the path; on success `at` moves on.
bool one_matches(std::string_view pattern, std::size_t& at, char c) {
  if (pattern[at] == '[') return set_matches(pattern, at, c);
  if (pattern[at] != '?' && pattern[at] != c) return false;
  if (pattern[at] == '?' && c == '/') return false;
  ++at;
  return true;
}

struct Retry {
  std::size_t pattern = std::string_view::npos;  // behind the star
  std::size_t path = 0;                          // how far the star reaches so far
};

bool matches_pattern(std::string_view pattern, std::string_view path) {
  std::size_t p = 0;
  std::size_t t = 0;
  Retry star;
  Retry globstar;
  while (true) {
    if (p < pattern.size() && pattern.substr(p).starts_with("**")) {
      // "**/" also stands for no folder at all.
      const bool at_component = p == 0 || pattern[p - 1] == '/';
      p += at_component && pattern.substr(p).starts_with("**/") ? 3 : 2;
      globstar = {p, t};
      star = {};
      continue;
    }
    if (p < pattern.size() && pattern[p] == '*') {
      ++p;
      star = {p, t};
      continue;
    }
    if (p == pattern.size() && t == path.size()) return true;
    std::size_t next = p;
    if (t < path.size() && p < pattern.size() && one_matches(pattern, next, path[t])) {
      p = next;
      ++t;
      continue;
    }
    if (star.pattern != std::string_view::npos && star.path < path.size() && path[star.path] != '/') {
      p = star.pattern;
      t = ++star.path;
      continue;
    }
    if (globstar.pattern == std::string_view::npos || globstar.path >= path.size()) return false;
    // Behind "**/" a component begins; behind a bare "**" any character may.
    const bool whole_components = globstar.pattern >= 3 && pattern[globstar.pattern - 1] == '/';
    ++globstar.path;
    if (whole_components) {
      while (globstar.path < path.size() && path[globstar.path - 1] != '/') ++globstar.path;
      if (globstar.path >= path.size()) return false;
    }
    p = globstar.pattern;
    t = globstar.path;
    star = {};
  }
}

constexpr std::string_view kSpecial = "*?[]";

// Of a pattern without braces: what stands from `begin` to the next special character.
std::string literal_from(std::string_view pattern, std::size_t begin) {
  std::string_view part = pattern.substr(begin, pattern.find_first_of(kSpecial, begin) - begin);
  if (begin > 0 && part.starts_with('/')) part.remove_prefix(1);  // "**/" also stands for no folder at all
  return std::string(part);
}

std::string longest_literal(std::string_view pattern) {
  std::string longest = literal_from(pattern, 0);
  for (std::size_t at = pattern.find_first_of(kSpecial); at != std::string_view::npos;
       at = pattern.find_first_of(kSpecial, at + 1)) {
    if (pattern[at] == '[') at = closing_bracket(pattern, at);
    std::string part = literal_from(pattern, at + 1);
    if (part.size() > longest.size()) longest = std::move(part);
  }
  return longest;
}

}  // namespace

Result<Glob> Glob::compile(std::string pattern) {
  if (pattern.empty()) return fail("a glob is empty");
  Glob glob;
  glob.whole_path_ = pattern.find('/') != std::string::npos;
  std::vector<std::string> expanded;
  CHECK_OK(expand(pattern, expanded));
  for (std::string& alternative : expanded) {
    CHECK_OK(check_brackets(alternative));
    std::string end = literal_from(alternative, alternative.find_last_of(kSpecial) + 1);  // npos + 1 is 0
    std::string part = longest_literal(alternative);
    glob.alternatives_.push_back({std::move(alternative), std::move(end), std::move(part)});
  }
  glob.pattern_ = std::move(pattern);
  return glob;
}

bool Glob::matches(std::string_view path) const {
  if (!whole_path_ && path.find('/') != std::string_view::npos) path.remove_prefix(path.rfind('/') + 1);
  for (const Alternative& alternative : alternatives_) {
    if (path.ends_with(alternative.literal_end) &&
        path.find(alternative.literal_part) != std::string_view::npos &&
        matches_pattern(alternative.pattern, path))
      return true;
  }
  return false;
}

}  // namespace slim
