// toml++ parses; what it gives is copied into plain values, so that nothing of it, and no exception, leaves
// this file.
#include "toml/toml.h"

#include <toml++/toml.h>
#include <algorithm>
#include <sstream>

#include "util/format.h"
#include "util/suggest.h"

namespace slim::toml {
namespace {

Position position_of(const ::toml::source_region& region) {
  return {static_cast<std::uint32_t>(region.begin.line), static_cast<std::uint32_t>(region.begin.column)};
}

Value value_of(const ::toml::node& node);

Table table_of(const ::toml::table& source) {
  Table table;
  for (const auto& [key, node] : source) {
    const Position at = position_of(key.source());
    table.members.push_back(
        {std::string(key.str()), at.line != 0 ? at : position_of(node.source()), value_of(node)});
  }
  // toml++ sorts keys by name; people read errors and lists in the order of their file.
  std::stable_sort(table.members.begin(), table.members.end(), [](const Member& a, const Member& b) {
    return std::pair(a.position.line, a.position.column) < std::pair(b.position.line, b.position.column);
  });
  return table;
}

template <typename DateOrTime>
std::string text_of(const DateOrTime& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

Value value_of(const ::toml::node& node) {
  Value value;
  value.position = position_of(node.source());
  if (const auto* table = node.as_table()) {
    value.data = table_of(*table);
  } else if (const auto* array = node.as_array()) {
    Array items;
    for (const ::toml::node& item : *array) items.push_back(value_of(item));
    value.data = std::move(items);
  } else if (const auto* text = node.as_string()) {
    value.data = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.data = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    value.data = number->get();
  } else if (const auto* flag = node.as_boolean()) {
    value.data = flag->get();
  } else if (const auto* date = node.as_date()) {
    value.data = text_of(date->get());
  } else if (const auto* time = node.as_time()) {
    value.data = text_of(time->get());
  } else if (const auto* both = node.as_date_time()) {
    value.data = text_of(both->get());
  }
  return value;
}

template <typename T>
Result<T> typed_or(const Table& table, std::string_view key, T fallback, const char* type) {
  const Value* value = table.find(key);
  if (value == nullptr) return fallback;
  if (const T* typed = std::get_if<T>(&value->data)) return *typed;
  return tl::unexpected(error_at(value->position, format("'{}' must be {}", key, type)));
}

}  // namespace

const Value* Table::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Error error_at(Position position, const std::string& what) {
  return Error{format("line {}, column {}: {}", position.line, position.column, what)};
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    const auto code = static_cast<unsigned char>(c);
    out += code < 0x20 || code == 0x7f ? format("\\u{:04X}", code) : std::string(1, c);
  }
  return out + "\"";
}

Result<Table> parse(std::string_view text) {
  try {
    return table_of(::toml::parse(text));
  } catch (const ::toml::parse_error& error) {
    return tl::unexpected(error_at(position_of(error.source()), printable(std::string(error.description()))));
  } catch (const std::exception& error) {
    return fail(printable(error.what()));
  }
}

Status only_keys(const Table& table, const std::vector<std::string>& known, const std::string& where) {
  for (const Member& member : table.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    return tl::unexpected(error_at(member.position, format("unknown key '{}' in {}{}", printable(member.key),
                                                           where, did_you_mean(member.key, known))));
  }
  return {};
}

Result<std::string> text_or(const Table& table, std::string_view key, std::string fallback) {
  return typed_or(table, key, std::move(fallback), "a string");
}
Result<std::int64_t> integer_or(const Table& table, std::string_view key, std::int64_t fallback) {
  return typed_or(table, key, fallback, "a whole number");
}
Result<bool> boolean_or(const Table& table, std::string_view key, bool fallback) {
  return typed_or(table, key, fallback, "true or false");
}

Result<std::vector<std::string>> texts_or(const Table& table, std::string_view key,
                                          std::vector<std::string> fallback) {
  const Value* value = table.find(key);
  if (value == nullptr) return fallback;
  const Array* array = value->array();
  if (array == nullptr)
    return tl::unexpected(error_at(value->position, format("'{}' must be a list of strings", key)));
  std::vector<std::string> texts;
  for (const Value& item : *array) {
    if (item.text() == nullptr)
      return tl::unexpected(error_at(item.position, format("'{}' must be a list of strings", key)));
    texts.push_back(*item.text());
  }
  return texts;
}

}  // namespace slim::toml
