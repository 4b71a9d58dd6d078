// What one argument of a call is, as far as it is known: it is followed token by token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "python/tokenizer.h"

namespace slim::python {

// Is it __name__ or __package__, by which a module says its own name?
inline bool is_own_name(std::string_view name) { return name == "__name__" || name == "__package__"; }

struct Argument {
  enum class Form : std::uint8_t {
    empty,        // no token has been seen
    literal,      // a string that is known in full
    literal_dot,  // a string and a dot: .format may follow
    prefix,       // a string whose beginning is known
    own,          // __name__ or __package__
    own_plus,     // the same, with something to come behind it
    name,         // one name, which may be that of keyword=value
    number,
    other  // anything else: what it comes to is not known
  };
  Form form = Form::empty;
  bool own = false;          // begins with __name__ or __package__
  std::string_view first;    // the name that it began with
  std::string_view keyword;  // of keyword=value
  std::string text;

  void take(const Token& token);
};

}  // namespace slim::python
