// Statements, and the blocks that they stand in. A block is known by its indentation alone: a line belongs to
// every header above it that is indented less, so that `if`, `for`, `with`, `match` need no care of their
// own, and a file that mixes them up is still read. After the colon of a header, after a semicolon and after
// a line's end a statement begins; `import` and `from` count only there, as `yield from` and `raise … from`
// begin no statement.
//
// What later versions add is met in two ways. `import` is a keyword of every version and stands in no
// expression, so wherever it comes up, whatever words precede it (`lazy import a` of PEP 810, or a word that
// no version has yet), it is read as an import. And where a statement about imports has more to it than the
// grammar up to 3.15 allows, the file counts as damaged: whoever asks then takes every name in its text for a
// reference.
#include "python/scanner.h"

#include "python/call_reader.h"
#include "python/facts_builder.h"
#include "python/tokenizer.h"

namespace slim::python {
namespace {

constexpr std::size_t max_source = std::size_t{1} << 30;
constexpr std::size_t max_blocks = 1000;

class Scanner {
 public:
  Scanner(std::string_view source, SourceFacts& facts)
      : tokens_(source), facts_(facts), builder_(facts), calls_(builder_) {}

  void run();

 private:
  struct Block {
    std::uint32_t indent = 0;  // of the header
    std::uint8_t nesting = 0;  // of the body
  };
  // Does the condition of an `if` consist of a name that ends in TYPE_CHECKING?
  enum class Condition : std::uint8_t { none, start, name, dot, closed };

  void line_starts();
  void statement(Token& token);
  Token expression(Token token);
  void header(const Token& keyword);
  void follow_condition(const Token& token);
  Token import_statement(std::uint32_t line);
  Token from_statement(std::uint32_t line);
  Token names_of(const Import& statement, const std::string& module);
  Token late_import(std::uint32_t line, bool is_known);
  void follow_from(const Token& token, std::size_t position);
  Token dotted_name(Token token, std::string_view& name);
  void add_import(const Import& statement, std::string_view module, std::string_view name,
                  std::string_view bound);
  static bool is_op(const Token& token, char op) { return token.kind == TokenKind::op && token.op == op; }
  static bool ends_statement(const Token& token) {
    return token.kind == TokenKind::newline || token.kind == TokenKind::end || is_op(token, ';');
  }

  Tokenizer tokens_;
  SourceFacts& facts_;
  FactsBuilder builder_;
  CallReader calls_;
  std::vector<Block> blocks_;
  std::uint8_t nesting_ = 0;       // of the present statement
  std::uint8_t body_nesting_ = 0;  // of what follows the present header's colon
  bool is_header_ = false;
  std::uint32_t lambdas_ = 0;  // outside brackets, whose colon has not come
  Condition condition_ = Condition::none;
  std::uint32_t condition_depth_ = 0;
  bool type_checking_ = false;  // the last name of the condition
  std::string joined_;          // a dotted name that was written with blanks in it

  // What the present expression says since its last `from`, as long as that is a module's name: "..a.b".
  struct From {
    bool open = false;
    bool expects_name = true;
    std::uint8_t level = 0;
    std::size_t position = 0;  // of `from` among the tokens of the expression
    std::string module;
  };
  From from_;
  bool not_understood_ = false;  // an import that is newer than this scanner, or none
};

void Scanner::run() {
  Token token = tokens_.next();
  while (token.kind != TokenKind::end) {
    line_starts();
    while (token.kind != TokenKind::newline && token.kind != TokenKind::end) statement(token);
    if (token.kind == TokenKind::newline) token = tokens_.next();
  }
  calls_.end_file();
  facts_.damaged = tokens_.damaged() || not_understood_;
}

void Scanner::line_starts() {
  while (!blocks_.empty() && blocks_.back().indent >= tokens_.indent()) blocks_.pop_back();
  nesting_ = blocks_.empty() ? std::uint8_t{at_module_level} : blocks_.back().nesting;
}

// Reads one statement, or a header up to its colon; `token` becomes the first token of what follows it on the
// same line, or the newline.
void Scanner::statement(Token& token) {
  is_header_ = false;
  lambdas_ = 0;
  condition_ = Condition::none;
  const std::uint32_t line = token.line;
  if (token.kind == TokenKind::name) {
    if (token.text == "import") {
      token = import_statement(line);
    } else if (token.text == "from") {
      token = from_statement(line);
    } else {
      header(token);
      token = expression(token);
    }
  } else {
    token = expression(token);
  }
  calls_.end_statement();
  if (is_op(token, ';')) {
    token = tokens_.next();
  } else if (is_op(token, ':')) {
    if (is_header_) nesting_ = body_nesting_;
    token = tokens_.next();
  }
}

// A header that changes what its body counts as opens a block.
void Scanner::header(const Token& keyword) {
  const std::string_view word = keyword.text;
  std::uint8_t added = 0;
  if (word == "def" || word == "async") {
    // `async with` and `async for` stand in functions only
    added = in_function;
  } else if (word == "class") {
    added = in_class;
  } else if (word == "try") {
    added = in_try;
  } else if (word == "if" || word == "elif") {
    condition_ = Condition::start;
    condition_depth_ = 0;
    type_checking_ = false;
  } else {
    return;
  }
  is_header_ = true;
  body_nesting_ = static_cast<std::uint8_t>(nesting_ | added);
  if (added != 0 && blocks_.size() < max_blocks) blocks_.push_back({tokens_.indent(), body_nesting_});
}

void Scanner::follow_condition(const Token& token) {
  if (token.kind == TokenKind::name && (condition_ == Condition::start || condition_ == Condition::dot)) {
    condition_ = Condition::name;
    type_checking_ = token.text == "TYPE_CHECKING";
  } else if (is_op(token, '.') && condition_ == Condition::name) {
    condition_ = Condition::dot;
  } else if (is_op(token, '(') && condition_ == Condition::start) {
    ++condition_depth_;
  } else if (is_op(token, ')') && condition_depth_ > 0 &&
             (condition_ == Condition::name || condition_ == Condition::closed)) {
    --condition_depth_;
    condition_ = Condition::closed;
  } else {
    condition_ = Condition::none;
  }
}

// Feeds tokens to the call reader until the statement ends or a colon outside brackets does; returns that
// token.
Token Scanner::expression(Token token) {
  const std::uint32_t line = token.line;
  const bool is_lazy = token.kind == TokenKind::name && token.text == "lazy";
  bool first = true;
  std::string_view previous;
  from_.open = false;
  for (std::size_t position = 0; !ends_statement(token) || tokens_.depth() > 0; token = tokens_.next()) {
    if (token.kind == TokenKind::end) break;
    if (tokens_.depth() == 0) {
      if (token.kind == TokenKind::name && token.text == "lambda") ++lambdas_;
      if (is_op(token, ':')) {
        if (lambdas_ == 0) break;
        --lambdas_;
      }
    }
    if (token.kind == TokenKind::name) {
      if (token.text == "import") {
        const bool in_brackets = tokens_.depth() > 0;
        if (in_brackets) tokens_.close_brackets();  // none holds an import: one was left open
        const bool is_known = is_lazy && (from_.open ? from_.position : position) == 1;
        return late_import(in_brackets ? token.line : line, is_known);
      }
      if (previous == "def" && nesting_ == at_module_level && token.text == "__getattr__" &&
          facts_.lazy_getattr == 0) {
        facts_.lazy_getattr = token.line;
      }
    }
    previous = token.kind == TokenKind::name ? token.text : std::string_view{};
    if (condition_ != Condition::none && !first) follow_condition(token);
    if (from_.open || (token.kind == TokenKind::name && token.text == "from")) follow_from(token, position);
    calls_.take(token, nesting_);
    first = false;
    ++position;
  }
  const bool guards_types = (condition_ == Condition::name || condition_ == Condition::closed) &&
                            condition_depth_ == 0 && type_checking_;
  if (is_op(token, ':') && is_header_ && guards_types) {
    body_nesting_ = static_cast<std::uint8_t>(nesting_ | in_type_checking);
    if (blocks_.size() < max_blocks) blocks_.push_back({tokens_.indent(), body_nesting_});
  }
  return token;
}

// Reads "a.b.c" from `token` on; returns the token after it.
Token Scanner::dotted_name(Token token, std::string_view& name) {
  const char* begin = token.text.data();
  const char* stop = begin;
  std::size_t length = 0;
  joined_.clear();
  bool expects_name = true;
  for (;; token = tokens_.next()) {
    const bool is_name = token.kind == TokenKind::name;
    if (is_name != expects_name || (!is_name && !is_op(token, '.'))) break;
    joined_ += token.text;
    length += token.text.size();
    stop = token.text.data() + token.text.size();
    expects_name = !expects_name;
  }
  if (length == 0) {
    name = {};
  } else if (static_cast<std::size_t>(stop - begin) == length) {
    name = std::string_view(begin, length);
  } else {
    name = joined_;  // blanks or a line's end stood between
  }
  return token;
}

// `statement` has all but the name; its module is in the pool already, as many names may share it.
void Scanner::add_import(const Import& statement, std::string_view module, std::string_view name,
                         std::string_view bound) {
  Import found = statement;
  found.nesting = nesting_;
  found.name = builder_.add(name);
  facts_.imports.push_back(found);
  if (bound.empty()) bound = found.is_from ? name : module;
  if ((nesting_ & in_type_checking) != 0) {
    calls_.bound().bind_for_types(module, found.level, name, bound, found.line);
  } else {
    calls_.bound().bind(module, found.level, name, bound, found.line);
  }
}

Token Scanner::import_statement(std::uint32_t line) {
  Token token = tokens_.next();
  if (token.kind != TokenKind::name) not_understood_ = true;
  while (token.kind == TokenKind::name) {
    std::string_view module;
    token = dotted_name(token, module);
    std::string_view bound;
    if (token.kind == TokenKind::name && token.text == "as") {
      token = tokens_.next();
      if (token.kind == TokenKind::name) {
        bound = token.text;
        token = tokens_.next();
      }
    }
    Import found;
    found.line = line;
    found.module = builder_.add(module);
    add_import(found, module, {}, bound);
    if (!is_op(token, ',')) break;
    token = tokens_.next();
  }
  if (!ends_statement(token)) not_understood_ = true;  // what follows is read as a statement of its own
  return token;
}

Token Scanner::from_statement(std::uint32_t line) {
  Token token = tokens_.next();
  std::uint8_t level = 0;
  for (; is_op(token, '.'); token = tokens_.next()) {
    if (level < 255) ++level;
  }
  std::string_view module;
  if (token.kind == TokenKind::name && !(token.text == "import" && level > 0)) {
    token = dotted_name(token, module);
  }
  if (!(token.kind == TokenKind::name && token.text == "import")) {
    not_understood_ = true;
  }
  Import found;
  found.line = line;
  found.level = level;
  found.is_from = true;
  found.module = builder_.add(module);
  const std::string kept(module);  // joined_ may be used again
  for (; !ends_statement(token); token = tokens_.next()) {
    if (token.kind == TokenKind::name && token.text == "import") return names_of(found, kept);
    calls_.take(token, nesting_);
  }
  if (!kept.empty() || level > 0) add_import(found, kept, "", {});
  return token;
}

// The names behind the `import` of a from-import.
Token Scanner::names_of(const Import& statement, const std::string& module) {
  bool any = false;
  bool expects_name = true;
  Token token = tokens_.next();
  while (!ends_statement(token)) {
    if (token.kind != TokenKind::name) {
      if (is_op(token, '*')) {
        add_import(statement, module, "*", {});
        any = true;
      } else if (is_op(token, ',')) {
        expects_name = true;
      } else if (!is_op(token, '(') && !is_op(token, ')')) {
        not_understood_ = true;
      }
      token = tokens_.next();
      continue;
    }
    if (token.text == "import") {
      tokens_.close_brackets();  // as in expression()
      return token;
    }
    if (!expects_name) not_understood_ = true;
    expects_name = false;
    const std::string_view name = token.text;
    std::string_view bound;
    token = tokens_.next();
    if (token.kind == TokenKind::name && token.text == "as") {
      token = tokens_.next();
      bound = token.text;
      token = tokens_.next();
    }
    add_import(statement, module, name, bound);
    any = true;
  }
  if (!any) {
    add_import(statement, module, "", {});
    not_understood_ = true;
  }
  return token;
}

void Scanner::follow_from(const Token& token, std::size_t position) {
  if (token.kind == TokenKind::name && token.text == "from") {
    from_ = From();
    from_.open = true;
    from_.position = position;
  } else if (is_op(token, '.')) {
    if (!from_.module.empty()) {
      from_.open = !from_.expects_name;
      from_.expects_name = true;
      from_.module += '.';
    } else if (from_.level < 255) {
      ++from_.level;
    }
  } else if (token.kind == TokenKind::name && from_.expects_name) {
    from_.module += token.text;
    from_.expects_name = false;
  } else {
    from_.open = false;
  }
}

// An `import` that does not begin its statement.
Token Scanner::late_import(std::uint32_t line, bool is_known) {
  if (!is_known) not_understood_ = true;
  calls_.end_statement();
  if (!from_.open || (from_.level == 0 && from_.module.empty())) return import_statement(line);
  Import found;
  found.line = line;
  found.level = from_.level;
  found.is_from = true;
  found.module = builder_.add(from_.module);
  return names_of(found, from_.module);
}

}  // namespace

SourceFacts scan_source(std::string_view source) {
  SourceFacts facts;
  if (source.size() >= max_source) {
    facts.too_large = true;
    return facts;
  }
  std::string buffer;
  bool known = true;
  const std::string_view readable = readable_source(source, buffer, known);
  facts.unknown_encoding = !known;
  Scanner(readable, facts).run();
  return facts;
}

}  // namespace slim::python
