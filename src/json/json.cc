#include "json/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "util/format.h"

namespace slim::json {
namespace {

constexpr std::size_t kDeepest = 200;

// Builds values while nlohmann's parser walks the text: no second tree.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Json root;
  std::string problem;

  bool null() override { return put(Json()); }
  bool boolean(bool value) override { return put(Json(value)); }
  bool number_integer(number_integer_t value) override { return put(Json(static_cast<std::int64_t>(value))); }
  bool number_unsigned(number_unsigned_t value) override {
    return put(Json(static_cast<std::uint64_t>(value)));
  }
  bool number_float(number_float_t value, const string_t&) override { return put(Json(value)); }
  bool string(string_t& value) override { return put(Json(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool key(string_t& value) override {
    keys_.back() = std::move(value);
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    problem = format("is no JSON from byte {} on", position);
    return false;
  }

 private:
  bool open(Json value) {
    if (stack_.size() >= kDeepest) {
      problem = format("is nested deeper than {} levels", kDeepest);
      return false;
    }
    stack_.push_back(std::move(value));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json done = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }
  bool put(Json value) {
    if (stack_.empty()) {
      root = std::move(value);
    } else if (stack_.back().is_object()) {
      stack_.back().update(Json{{keys_.back(), std::move(value)}});
    } else {
      stack_.back().push_back(std::move(value));
    }
    return true;
  }

  std::vector<Json> stack_;
  std::vector<std::string> keys_;
};

}  // namespace

Json& Json::operator[](const std::string& key) {
  if (is_null()) data_ = Members{};
  auto& members = std::get<Members>(data_);
  for (Member& member : members) {
    if (member.first == key) return member.second;
  }
  return members.emplace_back(key, Json()).second;
}

void Json::push_back(Json value) {
  if (is_null()) data_ = Items{};
  std::get<Items>(data_).push_back(std::move(value));
}

void Json::update(const Json& other) {
  if (is_null()) data_ = Members{};
  auto& own = std::get<Members>(data_);
  own.insert(own.end(), other.members().begin(), other.members().end());
}

const Json& Json::at(std::string_view key) const {
  static const Json nothing;
  for (const Member& member : members()) {
    if (member.first == key) return member.second;
  }
  return nothing;
}

const std::string& Json::text() const {
  static const std::string nothing;
  const auto* text = std::get_if<std::string>(&data_);
  return text != nullptr ? *text : nothing;
}

std::uint64_t Json::unsigned_integer() const {
  if (const auto* value = std::get_if<std::uint64_t>(&data_)) return *value;
  const auto* value = std::get_if<std::int64_t>(&data_);
  return value != nullptr && *value > 0 ? static_cast<std::uint64_t>(*value) : 0;
}

const std::vector<Json>& Json::items() const {
  static const Items nothing;
  const auto* items = std::get_if<Items>(&data_);
  return items != nullptr ? *items : nothing;
}

const std::vector<Json::Member>& Json::members() const {
  static const Members nothing;
  const auto* members = std::get_if<Members>(&data_);
  return members != nullptr ? *members : nothing;
}

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void Json::write(std::string& out, std::size_t depth) const {
  const auto list = [&](const auto& children, char open, char close, const auto& write_child) {
    out += open;
    for (std::size_t i = 0; i < children.size(); ++i) {
      out += i == 0 ? "\n" : ",\n";
      out.append(depth + 1, ' ');
      write_child(children[i]);
    }
    if (!children.empty()) out.append("\n").append(depth, ' ');
    out += close;
  };
  if (const auto* items = std::get_if<Items>(&data_)) {
    list(*items, '[', ']', [&](const Json& item) { item.write(out, depth + 1); });
  } else if (const auto* members = std::get_if<Members>(&data_)) {
    list(*members, '{', '}', [&](const Member& member) {
      out += quoted(member.first) + ": ";
      member.second.write(out, depth + 1);
    });
  } else if (const auto* text = std::get_if<std::string>(&data_)) {
    out += quoted(*text);
  } else if (const auto* flag = std::get_if<bool>(&data_)) {
    out += *flag ? "true" : "false";
  } else if (const auto* number = std::get_if<std::int64_t>(&data_)) {
    out += format("{}", *number);
  } else if (const auto* size = std::get_if<std::uint64_t>(&data_)) {
    out += format("{}", *size);
  } else if (const auto* real = std::get_if<double>(&data_)) {
    out += nlohmann::json(*real).dump();
  } else {
    out += "null";
  }
}

std::string Json::dump() const {
  std::string out;
  write(out, 0);
  return out;
}

Result<Json> parse(std::string_view text) {
  Builder builder;
  try {
    if (nlohmann::json::sax_parse(text, &builder)) return std::move(builder.root);
  } catch (const std::exception& error) {
    return fail(printable(error.what()));
  }
  return fail(builder.problem.empty() ? "is no JSON" : builder.problem);
}

}  // namespace slim::json
