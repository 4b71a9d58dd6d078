// A statement binds a name of the module unless it stands in a function or a class. Which names a statement
// binds is told with a broad brush: what stands before its last '=' or ":=", behind `as`, `for`, `def`,
// `class`, `import`, `case`, `type` and `global`.
#include "python/module_names.h"

#include <array>
#include <span>
#include <vector>

#include "python/tokenizer.h"

namespace slim::python {
namespace {

constexpr std::size_t kLargestSource = std::size_t{16} << 20;

bool is_op(const Token& token, char op) { return token.kind == TokenKind::op && token.op == op; }
bool is_name(const Token& token, std::string_view name) {
  return token.kind == TokenKind::name && token.text == name;
}
bool touch(const Token& a, const Token& b) {
  return a.kind == TokenKind::op && b.kind == TokenKind::op && a.text.data() + a.text.size() == b.text.data();
}

class NameReader {
 public:
  explicit NameReader(std::string_view source) : tokens_(source) {}

  ModuleNames read() {
    Token token = tokens_.next();
    while (token.kind != TokenKind::end) {
      while (!bodies_.empty() && bodies_.back() >= tokens_.indent()) bodies_.pop_back();
      const std::uint32_t indent = tokens_.indent();
      std::vector<Token> line;
      for (; token.kind != TokenKind::newline && token.kind != TokenKind::end; token = tokens_.next())
        line.push_back(token);
      if (token.kind == TokenKind::newline) token = tokens_.next();
      if (bodies_.empty()) {
        line_of_module(line, indent);
      } else {
        line_of_body(line);
      }
    }
    if (tokens_.damaged()) found_.is_open = true;
    return std::move(found_);
  }

 private:
  void add(const Token& token) {
    if (token.kind == TokenKind::name) found_.names.emplace(token.text);
  }

  void line_of_module(const std::vector<Token>& line, std::uint32_t indent) {
    static constexpr std::array<std::string_view, 7> openers = {"exec", "execfile", "globals",    "locals",
                                                                "vars", "__dict__", "__getattr__"};
    for (const Token& token : line) {
      for (const std::string_view opener : openers) found_.is_open |= is_name(token, opener);
    }
    look_for_own_module(line);
    const std::size_t first = !line.empty() && is_name(line[0], "async") ? 1 : 0;
    if (line.size() > first + 1 && (is_name(line[first], "def") || is_name(line[first], "class"))) {
      add(line[first + 1]);
      bodies_.push_back(indent);
      return;
    }
    // Semicolons within brackets there are none, so that each ends a statement.
    for (std::size_t begin = 0; begin < line.size();) {
      std::size_t end = begin;
      while (end < line.size() && !is_op(line[end], ';')) ++end;
      statement(std::span(line).subspan(begin, end - begin));
      begin = end + 1;
    }
  }

  // A function may bind names of its module, once somebody calls it.
  void line_of_body(const std::vector<Token>& line) {
    look_for_own_module(line);
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (is_name(line[i], "globals")) found_.is_open = true;
      if (!is_name(line[i], "global")) continue;
      for (++i; i < line.size() && !is_op(line[i], ';'); ++i) add(line[i]);
    }
  }

  void look_for_own_module(const std::vector<Token>& line) {
    for (std::size_t i = 2; i < line.size(); ++i) {
      if (is_name(line[i], "modules") && is_op(line[i - 1], '.'))
        found_.is_open = true;  // sys.modules[__name__]
    }
  }

  void statement(std::span<const Token> tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (is_name(tokens[i], "import")) return imported(tokens.subspan(i + 1));
    }
    std::size_t depth = 0;
    std::size_t targets = 0;  // how many tokens stand before the last assignment
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (is_op(token, '(') || is_op(token, '[') || is_op(token, '{')) ++depth;
      if ((is_op(token, ')') || is_op(token, ']') || is_op(token, '}')) && depth > 0) --depth;
      if (is_op(token, '=') && token.text == ":=" && i > 0) add(tokens[i - 1]);
      if (is_op(token, '=') && depth == 0 && !is_comparison(tokens, i)) targets = i;
      if (is_name(token, "for")) {
        for (std::size_t k = i + 1; k < tokens.size() && !is_name(tokens[k], "in"); ++k) add(tokens[k]);
      }
      if (is_name(token, "as")) {  // "with a as (b, c)", too
        for (std::size_t k = i + 1; k < tokens.size() && !is_op(tokens[k], ':'); ++k) add(tokens[k]);
      }
      if ((is_name(token, "def") || is_name(token, "class")) && i + 1 < tokens.size()) add(tokens[i + 1]);
    }
    const bool is_pattern = !tokens.empty() && (is_name(tokens[0], "case") || is_name(tokens[0], "type"));
    for (std::size_t i = 0; i < (is_pattern ? tokens.size() : targets); ++i) {
      if (i == 0 || !is_op(tokens[i - 1], '.')) add(tokens[i]);
    }
  }

  // "==", "<=", ">=", "!=": two tokens that touch.
  static bool is_comparison(std::span<const Token> tokens, std::size_t i) {
    if (i + 1 < tokens.size() && is_op(tokens[i + 1], '=') && touch(tokens[i], tokens[i + 1])) return true;
    if (i == 0 || !touch(tokens[i - 1], tokens[i])) return false;
    const char before = tokens[i - 1].op;
    return before == '=' || before == '<' || before == '>' || before == '!';
  }

  // What stands behind `import`, of both kinds: "a.b, c as d", "(a, b as c)", "*".
  void imported(std::span<const Token> tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (is_op(tokens[i], '*')) found_.is_open = true;
      if (i > 0 && is_op(tokens[i - 1], '.')) continue;
      std::size_t next = i + 1;  // behind the dotted name
      while (next + 1 < tokens.size() && is_op(tokens[next], '.')) next += 2;
      if (next < tokens.size() && is_name(tokens[next], "as")) continue;
      add(tokens[i]);
    }
  }

  Tokenizer tokens_;
  std::vector<std::uint32_t> bodies_;  // the columns of the def and class headers around
  ModuleNames found_;
};

}  // namespace

ModuleNames module_names(std::string_view source) {
  std::string buffer;
  bool known = true;
  if (source.size() <= kLargestSource) {
    const std::string_view readable = readable_source(source, buffer, known);
    if (known) return NameReader(readable).read();
  }
  ModuleNames unknown;
  unknown.is_open = true;
  return unknown;
}

}  // namespace slim::python
