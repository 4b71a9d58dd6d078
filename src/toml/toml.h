// TOML documents as plain values that remember where they stood; the wall in front of toml++.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "util/result.h"

namespace slim::toml {

struct Position {
  std::uint32_t line = 0;  // from 1
  std::uint32_t column = 0;
};

struct Value;
struct Member;
using Array = std::vector<Value>;
struct Table {
  std::vector<Member> members;  // in the order of the file
  const Value* find(std::string_view key) const;
};

struct Value {
  Position position;
  std::variant<bool, std::int64_t, double, std::string, Array, Table> data;

  const std::string* text() const { return std::get_if<std::string>(&data); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  const Array* array() const { return std::get_if<Array>(&data); }
  const Table* table() const { return std::get_if<Table>(&data); }
};

struct Member {
  std::string key;
  Position position;  // of the key where the parser knows it, else of the value
  Value value;
};

// Dates and times come as their text. Errors: "line 3, column 7: what is wrong".
Result<Table> parse(std::string_view text);

// As a string of TOML, with its quotes.
std::string quoted(const std::string& text);

// "line 3, column 7: what"
Error error_at(Position position, const std::string& what);

// Fails at the first key that `known` does not hold, with a "did you mean". `where` names the table.
Status only_keys(const Table& table, const std::vector<std::string>& known, const std::string& where);

// The value of a key by its type; a missing key gives the default, a wrong type an error.
Result<std::string> text_or(const Table& table, std::string_view key, std::string fallback);
Result<std::int64_t> integer_or(const Table& table, std::string_view key, std::int64_t fallback);
Result<bool> boolean_or(const Table& table, std::string_view key, bool fallback);
Result<std::vector<std::string>> texts_or(const Table& table, std::string_view key,
                                          std::vector<std::string> fallback);
// The items of the array at a key; empty where there is no array. "[[runtime]]"
const Array& items_of(const Table& table, std::string_view key);

}  // namespace slim::toml
