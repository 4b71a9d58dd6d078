#include "python/library_lookups.h"

#include <algorithm>
#include <array>

#include "python/tokenizer.h"
#include "util/ascii.h"

namespace slim::python {
namespace {

constexpr std::string_view kFunction = "find_library";
constexpr std::size_t kLargestSource = std::size_t{16} << 20;

bool is_op(const Token& token, char op) { return token.kind == TokenKind::op && token.op == op; }
bool is_name(const Token& token, std::string_view name) {
  return token.kind == TokenKind::name && token.text == name;
}

// sys.platform, os.name == "nt", platform.system(), IS_WINDOWS, "darwin"
bool speaks_of_platform(const Token& token) {
  if (token.kind != TokenKind::name && token.kind != TokenKind::string) return false;
  const std::string text = in_lower_case(token.text);
  static constexpr std::array<std::string_view, 9> words = {"platform", "win",   "darwin", "mac",  "osx",
                                                            "linux",    "posix", "system", "uname"};
  return text == "nt" || (token.kind == TokenKind::name && text == "os") ||
         std::ranges::any_of(words,
                             [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

class LookupReader {
 public:
  explicit LookupReader(std::string_view source) : tokens_(source) {}

  std::vector<LibraryLookup> read() {
    Token token = tokens_.next();
    while (token.kind != TokenKind::end) {
      const std::uint32_t indent = tokens_.indent();
      std::vector<Token> line;
      for (; token.kind != TokenKind::newline && token.kind != TokenKind::end; token = tokens_.next())
        line.push_back(token);
      if (token.kind == TokenKind::newline) token = tokens_.next();
      take(line, indent);
    }
    if (tokens_.damaged()) found_.clear();
    return std::move(found_);
  }

 private:
  struct Block {
    std::uint32_t indent = 0;
    bool of_platform = false;
  };

  void take(const std::vector<Token>& line, std::uint32_t indent) {
    // An `else` belongs to the `if` of its column, whose condition is its own, turned round.
    const bool goes_on = !line.empty() && (is_name(line[0], "else") || is_name(line[0], "elif"));
    bool of_platform = std::ranges::any_of(line, speaks_of_platform);
    while (!blocks_.empty() && blocks_.back().indent >= indent) {
      if (goes_on && blocks_.back().indent == indent) of_platform |= blocks_.back().of_platform;
      blocks_.pop_back();
    }
    const bool is_inside = std::ranges::any_of(blocks_, &Block::of_platform);
    if (!is_inside && !of_platform) look(line);
    if (goes_on || (!line.empty() && is_name(line[0], "if"))) blocks_.push_back({indent, of_platform});
  }

  // … find_library ( "name" ) …
  void look(const std::vector<Token>& line) {
    for (std::size_t i = 0; i + 3 < line.size(); ++i) {
      if (line[i].kind != TokenKind::name || !line[i].text.ends_with(kFunction)) continue;
      if (!is_op(line[i + 1], '(') || line[i + 2].kind != TokenKind::string || !is_op(line[i + 3], ')'))
        continue;
      std::size_t begin = i;  // of "ctypes.util.find_library"
      while (begin >= 2 && is_op(line[begin - 1], '.')) begin -= 2;
      const bool is_one_of_many =
          begin > 0 &&
          (is_op(line[begin - 1], ',') || is_op(line[begin - 1], '[') || is_op(line[begin - 1], '{') ||
           is_name(line[begin - 1], "or") || is_name(line[begin - 1], "if"));
      const bool has_instead =
          i + 4 < line.size() && (is_name(line[i + 4], "or") || is_name(line[i + 4], "if") ||
                                  is_op(line[i + 4], ']') || is_op(line[i + 4], '}'));
      const bool is_tested = std::ranges::any_of(
          line, [](const Token& token) { return is_name(token, "if") || is_name(token, "assert"); });
      const std::string_view name = line[i + 2].text;
      if (is_one_of_many || has_instead || is_tested || name.empty() || line[i + 2].escapes) continue;
      found_.push_back({line[i].line, std::string(name)});
    }
  }

  Tokenizer tokens_;
  std::vector<Block> blocks_;  // the `if`s around
  std::vector<LibraryLookup> found_;
};

}  // namespace

std::vector<LibraryLookup> library_lookups(std::string_view source) {
  if (source.size() > kLargestSource || source.find(kFunction) == std::string_view::npos) return {};
  std::string buffer;
  bool known = true;
  const std::string_view readable = readable_source(source, buffer, known);
  if (!known) return {};
  return LookupReader(readable).read();
}

}  // namespace slim::python
