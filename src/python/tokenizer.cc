// Python's lexical rules, as far as they decide where a token ends (docs.python.org, "Lexical analysis";
// PEP 3131, PEP 701, PEP 750).
//
// One set of rules serves all versions, because the versions agree wherever each accepts a text:
// - A string ends at the first quote of its kind that no backslash precedes, raw or not, so the prefix only
//   matters for f and t.
// - f-strings follow 3.12 (PEP 701): the expression between braces is tokenised as code and may hold any
//   quotes. Older versions allow less within the braces and end the string at the same place.
// - Python 2's backticks, `<>`, `exec`, `print >>f` are operators and names, no more.
// Operators come out one character at a time; the scanner asks for no more than brackets, dots, commas,
// colons. Only ":=" is joined, since its colon is not that of a block.
#include "python/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace slim::python {
namespace {

constexpr std::size_t max_modes = 300;  // CPython stops at 150 nested f-strings

enum CharClass : std::uint8_t { other_char, name_start, digit_char, quote_char };

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> table{};
  for (int c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    if (letter) table[static_cast<std::size_t>(c)] = name_start;
    if (c >= '0' && c <= '9') table[static_cast<std::size_t>(c)] = digit_char;
    if (c == '"' || c == '\'') table[static_cast<std::size_t>(c)] = quote_char;
  }
  return table;
}
constexpr std::array<std::uint8_t, 256> classes = make_classes();

CharClass class_of(char c) { return static_cast<CharClass>(classes[static_cast<unsigned char>(c)]); }
bool continues_name(char c) { return class_of(c) == name_start || class_of(c) == digit_char; }

// Of a name right before a quote: is it a string prefix, and which?
bool is_prefix(std::string_view name, bool& is_format, bool& is_raw) {
  if (name.size() > 2) return false;
  int format = 0;
  int raw = 0;
  int other = 0;
  for (const char c : name) {
    const char lower = static_cast<char>(c | 0x20);
    if (lower == 'f' || lower == 't') {
      ++format;
    } else if (lower == 'r') {
      ++raw;
    } else if (lower == 'b' || lower == 'u') {
      ++other;
    } else {
      return false;
    }
  }
  is_format = format == 1;
  is_raw = raw == 1;
  return format <= 1 && raw <= 1 && other <= 1 && format + other <= 1;
}

// Words that a quote may follow without a blank, in any version.
bool is_keyword(std::string_view name) {
  constexpr std::array<std::string_view, 22> words{
      "and", "as", "assert", "await", "case", "elif",  "else",  "except", "exec",  "from", "if",
      "in",  "is", "match",  "not",   "or",   "print", "raise", "return", "while", "with", "yield"};
  return std::find(words.begin(), words.end(), name) != words.end();
}

// A prefix that no version has yet ("d" and "df" are proposed, PEP 822). With an f or t among its letters it
// is taken for a format, since only there quotes may stand within the text.
bool is_unknown_prefix(std::string_view name, bool& is_format, bool& is_raw) {
  if (name.size() > 4) return false;
  is_format = name.find_first_of("fFtT") != std::string_view::npos;
  is_raw = name.find_first_of("rR") != std::string_view::npos;
  return true;
}

}  // namespace

Tokenizer::Tokenizer(std::string_view source, std::vector<Comment>* comments)
    : comments_(comments), at_(source.data()), end_(source.data() + source.size()) {
  if (source.starts_with("\xEF\xBB\xBF")) at_ += 3;
  start_line();
}

Token Tokenizer::make(TokenKind kind, const char* begin, const char* stop) const {
  Token token;
  token.kind = kind;
  token.line = token_line_;
  token.text = std::string_view(begin, static_cast<std::size_t>(stop - begin));
  return token;
}

bool Tokenizer::skip_newline() {
  if (at_ == end_ || (*at_ != '\n' && *at_ != '\r')) return false;
  const bool pair = *at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n';
  at_ += pair ? 2 : 1;
  ++line_;
  return true;
}

void Tokenizer::skip_comment() {
  const char* begin = at_;
  while (at_ != end_ && *at_ != '\n' && *at_ != '\r') ++at_;
  if (comments_ == nullptr || !modes_.empty()) return;
  comments_->push_back({std::string_view(begin, static_cast<std::size_t>(at_ - begin)), line_});
}

// Measures the indentation of a line. Tabs go to multiples of eight, a form feed starts anew, and after a
// backslash at the very start the first line's column counts.
void Tokenizer::start_line() {
  std::uint32_t column = 0;
  std::uint32_t joined = 0;
  bool is_joined = false;
  while (at_ != end_) {
    if (*at_ == ' ') {
      ++column;
    } else if (*at_ == '\t') {
      column = (column / 8 + 1) * 8;
    } else if (*at_ == '\f') {
      column = 0;
    } else if (*at_ == '\\' && at_ + 1 != end_ && (at_[1] == '\n' || at_[1] == '\r')) {
      if (!is_joined) joined = column;
      is_joined = true;
      ++at_;
      skip_newline();
      column = 0;
      continue;
    } else {
      break;
    }
    ++at_;
  }
  indent_ = is_joined ? joined : column;
  in_statement_ = false;
}

bool Tokenizer::skip_blanks() {
  while (at_ != end_) {
    const char c = *at_;
    if (c == ' ' || c == '\t' || c == '\f') {
      ++at_;
    } else if (c == '#') {
      skip_comment();
    } else if (c == '\n' || c == '\r') {
      token_line_ = line_;
      skip_newline();
      if (depth_ > 0) continue;
      const bool ended = in_statement_;
      start_line();
      if (ended) return true;
    } else if (c == '\\' && at_ + 1 != end_ && (at_[1] == '\n' || at_[1] == '\r')) {
      ++at_;
      skip_newline();
    } else {
      break;
    }
  }
  return false;
}

Token Tokenizer::next() {
  if (!modes_.empty() && modes_.back().kind != Mode::expression) return string_middle();
  if (skip_blanks()) return make(TokenKind::newline, at_, at_);
  token_line_ = line_;
  if (at_ == end_) {
    if (depth_ > 0 || !modes_.empty()) damaged_ = true;
    if (!in_statement_) return make(TokenKind::end, at_, at_);
    in_statement_ = false;
    return make(TokenKind::newline, at_, at_);
  }
  in_statement_ = true;
  switch (class_of(*at_)) {
    case name_start:
      return name_or_string();
    case quote_char:
      return string(at_, false, false);
    case digit_char: {
      const char* begin = at_;
      while (at_ != end_ && (continues_name(*at_) || *at_ == '.')) ++at_;
      return make(TokenKind::number, begin, at_);
    }
    case other_char:
      break;
  }
  return bracket_or_op();
}

Token Tokenizer::name_or_string() {
  const char* begin = at_;
  while (at_ != end_ && continues_name(*at_)) ++at_;
  const std::string_view name(begin, static_cast<std::size_t>(at_ - begin));
  if (at_ != end_ && class_of(*at_) == quote_char) {
    bool is_format = false;
    bool is_raw = false;
    if (is_prefix(name, is_format, is_raw)) return string(at_, is_format, is_raw);
    if (!is_keyword(name)) {
      damaged_ = true;
      if (is_unknown_prefix(name, is_format, is_raw)) return string(at_, is_format, is_raw);
    }
  }
  return make(TokenKind::name, begin, at_);
}

Token Tokenizer::string(const char* quote, bool is_format, bool is_raw) {
  const char mark = *quote;
  const bool triple = end_ - quote >= 3 && quote[1] == mark && quote[2] == mark;
  at_ = quote + (triple ? 3 : 1);
  if (is_format && modes_.size() < max_modes) {
    modes_.push_back({Mode::literal, mark, triple, is_raw, depth_});
    return make(TokenKind::fstring_start, at_, at_);
  }
  const char* begin = at_;
  bool escapes = false;
  while (at_ != end_) {
    const char c = *at_;
    if (c == mark) {
      if (!triple || (end_ - at_ >= 3 && at_[1] == mark && at_[2] == mark)) break;
      ++at_;
    } else if (c == '\\') {
      escapes = true;
      ++at_;
      if (at_ != end_ && !skip_newline()) ++at_;
    } else if (c == '\n' || c == '\r') {
      if (!triple) break;
      skip_newline();
    } else {
      ++at_;
    }
  }
  Token token = make(TokenKind::string, begin, at_);
  token.escapes = escapes;
  if (at_ == end_ || *at_ != mark) {
    damaged_ = true;  // unterminated
  } else {
    at_ += triple ? 3 : 1;
  }
  return token;
}

bool Tokenizer::quote_closes(const Mode& mode) const {
  if (*at_ != mode.quote) return false;
  return !mode.triple || (end_ - at_ >= 3 && at_[1] == mode.quote && at_[2] == mode.quote);
}

// In the literal part or the format specification of an f-string: the text up to the next brace or the end,
// then that brace or end.
Token Tokenizer::string_middle() {
  const Mode mode = modes_.back();
  const bool spec = mode.kind == Mode::specification;
  token_line_ = line_;
  const char* begin = at_;
  bool escapes = false;
  while (at_ != end_) {
    const char c = *at_;
    if (quote_closes(mode)) break;
    if (c == '\\') {
      escapes = true;
      ++at_;
      if (at_ == end_ || *at_ == '{' || *at_ == '}') continue;
      if (!mode.raw && *at_ == 'N' && at_ + 1 != end_ && at_[1] == '{') {
        while (at_ != end_ && *at_ != '}' && *at_ != mode.quote && *at_ != '\n' && *at_ != '\r') ++at_;
        if (at_ != end_ && *at_ == '}') ++at_;
      } else if (!skip_newline()) {
        ++at_;
      }
    } else if (c == '{' || c == '}') {
      const bool doubled = at_ + 1 != end_ && at_[1] == c && !spec;
      if (!doubled) break;
      at_ += 2;
    } else if (c == '\n' || c == '\r') {
      if (!mode.triple) break;
      skip_newline();
    } else {
      ++at_;
    }
  }
  if (at_ != begin) {
    Token token = make(TokenKind::fstring_middle, begin, at_);
    token.escapes = escapes;
    return token;
  }
  token_line_ = line_;
  if (at_ != end_ && *at_ == '{' && modes_.size() < max_modes) {
    ++at_;
    ++depth_;
    Mode inner = mode;
    inner.kind = Mode::expression;
    inner.base = depth_;
    modes_.push_back(inner);
    Token token = make(TokenKind::op, begin, at_);
    token.op = '{';
    token.of_string = true;
    return token;
  }
  if (spec && at_ != end_ && (*at_ == '}' || *at_ == '\n' || *at_ == '\r')) {
    modes_.pop_back();  // back in the expression, which takes the brace
    return next();
  }
  if (at_ != end_ && quote_closes(mode) && !spec) {
    modes_.pop_back();
    at_ += mode.triple ? 3 : 1;
    return make(TokenKind::fstring_end, at_, at_);
  }
  // A lone brace, a missing quote, too deep a nest: no Python. The whole string is given up.
  damaged_ = true;
  if (at_ != end_ && *at_ != '\n' && *at_ != '\r') ++at_;
  while (!modes_.empty() && modes_.back().kind != Mode::literal) modes_.pop_back();
  if (!modes_.empty()) {
    depth_ = modes_.back().base;
    modes_.pop_back();
  }
  return make(TokenKind::fstring_end, at_, at_);
}

Token Tokenizer::bracket_or_op() {
  const char* begin = at_;
  const char c = *at_++;
  bool of_string = false;
  if (!modes_.empty() && depth_ == modes_.back().base) {
    const Mode mode = modes_.back();
    if (c == '}') {
      modes_.pop_back();
      of_string = true;
    } else if (c == ':') {
      Mode inner = mode;
      inner.kind = Mode::specification;
      modes_.push_back(inner);
    }
  } else if (c == ':' && at_ != end_ && *at_ == '=') {
    ++at_;
    Token token = make(TokenKind::op, begin, at_);
    token.op = '=';
    return token;
  }
  if (c == '$' || c == '?') damaged_ = true;  // operators of no version
  if (c == '(' || c == '[' || c == '{') {
    ++depth_;
  } else if (c == ')' || c == ']' || c == '}') {
    const bool spoils = !of_string && !modes_.empty() && depth_ == modes_.back().base;
    if (depth_ == 0 || spoils) {
      damaged_ = true;
    } else {
      --depth_;
    }
  }
  Token token = make(TokenKind::op, begin, at_);
  token.op = c;
  token.of_string = of_string;
  return token;
}

void Tokenizer::close_brackets() {
  damaged_ = true;
  depth_ = 0;
  modes_.clear();
}

}  // namespace slim::python
