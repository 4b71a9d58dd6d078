// JSON values, read and written; the wall in front of nlohmann-json. Members keep the order they were added
// in, so that a report can be read, and two can be compared.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "util/result.h"

namespace slim::json {

class Json {
 public:
  using Member = std::pair<std::string, Json>;

  Json() = default;
  Json(bool value) : data_(value) {}
  Json(int value) : data_(static_cast<std::int64_t>(value)) {}
  Json(std::int64_t value) : data_(value) {}
  Json(std::uint64_t value) : data_(value) {}
  Json(double value) : data_(value) {}
  Json(const char* value) : data_(std::string(value)) {}
  Json(std::string value) : data_(std::move(value)) {}
  Json(std::initializer_list<Member> members) : data_(Members(members)) {}
  static Json array() { return Json(Tag{}, Items{}); }
  static Json object() { return Json(Tag{}, Members{}); }

  // The member of that name, made when it is missing; turns null into an object. Only for building.
  Json& operator[](const std::string& key);
  void push_back(Json value);
  void update(const Json& other);  // takes over all members of `other`

  // For reading: null, "", 0 or nothing where the value is of another type.
  const Json& at(std::string_view key) const;
  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  bool is_object() const { return std::holds_alternative<Members>(data_); }
  const std::string& text() const;
  std::uint64_t unsigned_integer() const;
  const std::vector<Json>& items() const;
  const std::vector<Member>& members() const;

  // One space for each level. Bytes that are no UTF-8 become U+FFFD. Ends without a newline.
  std::string dump() const;

 private:
  using Items = std::vector<Json>;
  using Members = std::vector<Member>;
  struct Tag {};
  template <typename T>
  Json(Tag, T value) : data_(std::move(value)) {}
  void write(std::string& out, std::size_t depth) const;

  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Items, Members> data_;
};

// Errors: where the text stops to be JSON. Depth is limited to 200.
Result<Json> parse(std::string_view text);

// A string as a JSON literal, with quotes.
std::string quoted(const std::string& text);

}  // namespace slim::json
