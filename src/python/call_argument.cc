#include "python/call_argument.h"

#include <algorithm>

#include "python/names_in_strings.h"

namespace slim::python {

void Argument::take(const Token& token) {
  const auto is_op = [&](char op) { return token.kind == TokenKind::op && token.op == op; };
  if (form == Form::prefix || form == Form::other) return;
  if (token.kind == TokenKind::string || token.kind == TokenKind::fstring_start) {
    if (form == Form::own_plus || form == Form::empty || form == Form::literal) {
      form = Form::literal;
      text += token.text.substr(0, max_literal);
    } else {
      form = Form::other;
    }
  } else if (token.kind == TokenKind::fstring_middle) {
    text += token.text.substr(0, max_literal);
  } else if (token.kind == TokenKind::fstring_end || (token.kind == TokenKind::op && token.of_string)) {
    // the literal goes on; CallReader::close() judges the expression
  } else if (form == Form::literal && is_op('+')) {
    form = Form::prefix;
  } else if (form == Form::literal && is_op('%')) {
    form = Form::prefix;
    text.resize(std::min(text.size(), text.find('%')));
  } else if (form == Form::literal && is_op('.')) {
    form = Form::literal_dot;
  } else if (form == Form::literal_dot && token.text == "format") {
    form = Form::prefix;
    text.resize(std::min(text.size(), text.find('{')));
  } else if (form == Form::own && is_op('+')) {
    own = true;
    form = Form::own_plus;
    text.clear();
  } else if (form == Form::empty && token.kind == TokenKind::name) {
    form = is_own_name(token.text) ? Form::own : Form::name;
    first = token.text;
  } else if (form == Form::empty && token.kind == TokenKind::number) {
    form = Form::number;
    text = token.text.substr(0, max_literal);
  } else if (form == Form::name && is_op('=') && keyword.empty()) {
    form = Form::empty;
    keyword = first;
  } else {
    form = Form::other;
  }
}

}  // namespace slim::python
