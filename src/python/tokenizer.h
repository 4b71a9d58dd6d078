// Splits Python source, 2.7 to 3.15, into tokens. Never fails: text that is no Python in any of these gives
// tokens all the same, and damaged() says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace slim::python {

enum class TokenKind : std::uint8_t {
  end,
  newline,  // the end of a logical line; the token after it starts a statement
  name,     // identifiers and keywords alike
  number,
  string,          // a whole literal that is no f-string; text is the body between its quotes
  fstring_start,   // f"  t"
  fstring_middle,  // literal text of an f-string or of a format specification
  fstring_end,
  op,  // one character, but ":=" is one token with op '='
};

struct Token {
  TokenKind kind = TokenKind::end;
  char op = 0;
  bool escapes = false;    // string, fstring_middle: has a backslash
  bool of_string = false;  // op: a brace of an f-string
  std::uint32_t line = 1;  // where it begins, counted as CPython counts: LF, CRLF and a lone CR end a line
  std::string_view text;
};

// Source in an encoding that hides ASCII bytes in longer characters, such as Shift JIS, must go through
// readable_source() first.
class Tokenizer {
 public:
  struct Comment {
    std::string_view text;  // from its '#' to the end of the line
    std::uint32_t line = 1;
  };
  // `comments` gets those that stand outside of f-strings.
  explicit Tokenizer(std::string_view source, std::vector<Comment>* comments = nullptr);

  Token next();
  std::uint32_t indent() const { return indent_; }  // column of the present logical line
  std::uint32_t depth() const { return depth_; }    // open brackets, with the braces of f-strings
  bool damaged() const { return damaged_; }

  // An unclosed bracket would swallow the rest of the file: the caller saw a keyword that no bracket can
  // hold.
  void close_brackets();

 private:
  struct Mode {  // inside an f-string; a format specification stands above its expression
    enum Kind : std::uint8_t { literal, expression, specification } kind = literal;
    char quote = 0;
    bool triple = false;
    bool raw = false;
    std::uint32_t base = 0;  // expression: depth_ within its brace
  };

  bool skip_blanks();  // true where a logical line ended
  void start_line();
  bool skip_newline();
  void skip_comment();
  Token make(TokenKind kind, const char* begin, const char* stop) const;
  Token name_or_string();
  Token string(const char* quote, bool is_format, bool is_raw);
  Token string_middle();
  Token bracket_or_op();
  bool quote_closes(const Mode& mode) const;

  std::vector<Comment>* const comments_;
  const char* at_;
  const char* end_;
  std::uint32_t line_ = 1;
  std::uint32_t token_line_ = 1;
  std::uint32_t indent_ = 0;
  std::uint32_t depth_ = 0;
  bool in_statement_ = false;  // a token of this logical line has been given
  bool damaged_ = false;
  std::vector<Mode> modes_;
};

// The source as the tokenizer can read it (PEP 263). For encodings in which an ASCII byte may be part of a
// longer character the longer characters are masked in `buffer`, offset by offset. `known` becomes false for
// an encoding that can't be read so (UTF-7, UTF-16, an unheard name).
std::string_view readable_source(std::string_view source, std::string& buffer, bool& known);

// The encoding that the source declares, in lower case with '-' for '_'; empty where it declares none.
std::string declared_encoding(std::string_view source);

}  // namespace slim::python
