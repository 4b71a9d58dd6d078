#include "python/requirement.h"

#include <algorithm>
#include <array>
#include <utility>

#include "python/distribution_name.h"
#include "util/ascii.h"

namespace slim::python {
namespace {

constexpr int kDeepest = 100;  // brackets in a marker

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

std::string_view take_word(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_word(text[size])) ++size;
  const std::string_view word = text.substr(0, size);
  text = trimmed(text.substr(size));
  return word;
}

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
}
Truth either(Truth a, Truth b) {
  if (a == Truth::yes || b == Truth::yes) return Truth::yes;
  return a == Truth::no && b == Truth::no ? Truth::no : Truth::unknown;
}
Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

// marker: and-chains with "or" between; and-chain: terms with "and" between; term: (marker), or value op
// value.
class MarkerReader {
 public:
  MarkerReader(std::string_view text, const MarkerEnvironment& environment)
      : rest_(trimmed(text)), environment_(environment) {}

  Truth read() {
    const Truth value = any();
    return failed_ || !rest_.empty() ? Truth::unknown : value;
  }

 private:
  struct Value {
    bool is_variable = false;
    std::string name;  // of the variable
    std::optional<std::string> text;
  };

  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    if (is_word(word.front()) && rest_.size() > word.size() && is_word(rest_[word.size()])) return false;
    rest_ = trimmed(rest_.substr(word.size()));
    return true;
  }

  Truth any() {
    Truth value = all();
    while (!failed_ && take("or")) value = either(value, all());
    return value;
  }
  Truth all() {
    Truth value = term();
    while (!failed_ && take("and")) value = both(value, term());
    return value;
  }
  Truth term() {
    if (take("(")) {
      if (++depth_ > kDeepest) return fail();
      const Truth value = any();
      --depth_;
      return take(")") ? value : fail();
    }
    const Value left = value();
    const std::string op = operation();
    const Value right = value();
    if (failed_) return Truth::unknown;
    return compare(left, op, right);
  }

  Truth fail() {
    failed_ = true;
    return Truth::unknown;
  }

  Value value() {
    Value out;
    if (!rest_.empty() && (rest_.front() == '"' || rest_.front() == '\'')) {
      const std::size_t end = rest_.find(rest_.front(), 1);
      if (end == std::string_view::npos) {
        failed_ = true;
        return out;
      }
      out.text = rest_.substr(1, end - 1);
      rest_ = trimmed(rest_.substr(end + 1));
      return out;
    }
    out.is_variable = true;
    out.name = take_word(rest_);
    if (out.name.empty()) failed_ = true;
    // Names from before the specification (PEP 345).
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> old_names = {
        {{"os.name", "os_name"},
         {"sys.platform", "sys_platform"},
         {"platform.version", "platform_version"},
         {"platform.machine", "platform_machine"},
         {"platform.python_implementation", "platform_python_implementation"},
         {"python_implementation", "platform_python_implementation"}}};
    for (const auto& [old_name, name] : old_names) {
      if (out.name == old_name) out.name = name;
    }
    const auto found = environment_.find(out.name);
    if (found != environment_.end()) out.text = found->second;
    if (!out.text && out.name == "extra") out.text = "";
    return out;
  }

  std::string operation() {
    for (const char* op : {"===", "~=", "==", "!=", "<=", ">=", "<", ">", "in"}) {
      if (take(op)) return op;
    }
    if (take("not") && take("in")) return "not in";
    failed_ = true;
    return {};
  }

  static Truth compare(const Value& left, const std::string& op, const Value& right) {
    if (left.is_variable == right.is_variable || !left.text || !right.text) return Truth::unknown;
    const std::string& name = left.is_variable ? left.name : right.name;
    std::string a = *left.text;
    std::string b = *right.text;
    if (name == "extra") {
      a = normalized_distribution_name(a);
      b = normalized_distribution_name(b);
    }
    if (op == "in") return truth(b.find(a) != std::string::npos);
    if (op == "not in") return truth(b.find(a) == std::string::npos);
    if (name == "python_version" || name == "python_full_version" || name == "implementation_version") {
      const Truth by_version = accepts({op, b}, a);
      if (by_version != Truth::unknown) return by_version;
    }
    if (op == "==" || op == "===") return truth(a == b);
    if (op == "!=") return truth(a != b);
    return Truth::unknown;
  }

  std::string_view rest_;
  const MarkerEnvironment& environment_;
  int depth_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<Requirement> parse_requirement(std::string_view text) {
  text = trimmed(text);
  Requirement requirement;
  requirement.name = take_word(text);
  const auto is_inner = [](char c) { return c == '-' || c == '_' || c == '.'; };
  if (requirement.name.empty() || is_inner(requirement.name.front()) || is_inner(requirement.name.back()))
    return std::nullopt;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view extras = text.substr(1, end - 1);
    text = trimmed(text.substr(end + 1));
    while (!extras.empty()) {
      const std::size_t comma = std::min(extras.find(','), extras.size());
      requirement.extras.emplace_back(trimmed(extras.substr(0, comma)));
      extras = extras.substr(std::min(comma + 1, extras.size()));
    }
  }
  if (text.starts_with('@')) {  // a URL may hold semicolons: only one behind a blank ends it
    const std::size_t end = std::min(text.find(" ;"), text.size());
    requirement.url = trimmed(text.substr(1, end - 1));
    if (end != text.size()) requirement.marker = trimmed(text.substr(end + 2));
    return requirement;
  }
  const std::size_t semicolon = std::min(text.find(';'), text.size());
  if (semicolon != text.size()) {
    requirement.marker = trimmed(text.substr(semicolon + 1));
    if (requirement.marker.empty()) return std::nullopt;
  }
  auto specifiers = parse_specifiers(text.substr(0, semicolon));
  if (!specifiers) return std::nullopt;
  requirement.specifiers = std::move(*specifiers);
  return requirement;
}

Truth evaluate_marker(std::string_view marker, const MarkerEnvironment& environment) {
  return MarkerReader(marker, environment).read();
}

const Specifier* refusing(const Requirement& requirement, std::string_view version) {
  const auto found = std::ranges::find_if(requirement.specifiers, [&](const Specifier& specifier) {
    return accepts(specifier, version) == Truth::no;
  });
  return found == requirement.specifiers.end() ? nullptr : &*found;
}

std::string text_of(const std::vector<Specifier>& specifiers) {
  std::string out;
  for (const Specifier& specifier : specifiers) {
    if (!out.empty()) out += ',';
    out += specifier.op + specifier.version;
  }
  return out;
}

}  // namespace slim::python
