#include "python/version.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

#include "util/ascii.h"

namespace slim::python {
namespace {

constexpr std::size_t kMostDigits = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Reads a version from left to right; what it can't read makes it fail.
class VersionReader {
 public:
  explicit VersionReader(std::string_view text) : rest_(text) {}

  std::optional<Version> read() {
    take("v");
    if (!read_release()) return std::nullopt;
    read_pre();
    read_post();
    read_dev();
    if (take("+") && !read_local()) return std::nullopt;
    if (!rest_.empty() || failed_) return std::nullopt;
    return std::move(version_);
  }

 private:
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void take_separator() {
    if (!rest_.empty() && (rest_.front() == '-' || rest_.front() == '_' || rest_.front() == '.'))
      rest_.remove_prefix(1);
  }
  std::optional<std::uint64_t> number() {
    std::size_t digits = 0;
    while (digits < rest_.size() && is_digit(rest_[digits])) ++digits;
    if (digits == 0) return std::nullopt;
    std::uint64_t value = 0;
    if (digits > kMostDigits) failed_ = true;
    std::from_chars(rest_.data(), rest_.data() + std::min(digits, kMostDigits), value);
    rest_.remove_prefix(digits);
    return value;
  }

  bool read_release() {
    auto first = number();
    if (!first) return false;
    if (take("!")) {
      version_.epoch = *first;
      first = number();
      if (!first) return false;
    }
    version_.release.push_back(*first);
    while (rest_.size() > 1 && rest_[0] == '.' && is_digit(rest_[1])) {
      rest_.remove_prefix(1);
      version_.release.push_back(number().value_or(0));
    }
    version_.release_size = version_.release.size();
    while (version_.release.size() > 1 && version_.release.back() == 0) version_.release.pop_back();
    return true;
  }

  // "-alpha.3": a separator, one of the words, and a number behind another separator; all but the word may
  // lack.
  template <std::size_t Count>
  std::optional<std::pair<int, std::uint64_t>> worded(
      const std::array<std::pair<std::string_view, int>, Count>& words) {
    const std::string_view before = rest_;
    take_separator();
    for (const auto& [word, phase] : words) {
      if (!take(word)) continue;
      const std::string_view behind = rest_;
      take_separator();
      const auto value = number();
      if (!value) rest_ = behind;
      return std::pair(phase, value.value_or(0));
    }
    rest_ = before;
    return std::nullopt;
  }

  void read_pre() {
    static constexpr std::array<std::pair<std::string_view, int>, 8> words = {
        {{"alpha", 1}, {"a", 1}, {"beta", 2}, {"b", 2}, {"preview", 3}, {"pre", 3}, {"rc", 3}, {"c", 3}}};
    if (const auto found = worded(words)) std::tie(version_.pre_phase, version_.pre) = *found;
  }
  void read_post() {
    static constexpr std::array<std::pair<std::string_view, int>, 3> words = {
        {{"post", 0}, {"rev", 0}, {"r", 0}}};
    if (rest_.size() > 1 && rest_[0] == '-' && is_digit(rest_[1])) {  // "1.0-2"
      rest_.remove_prefix(1);
      version_.post = number();
    } else if (const auto found = worded(words)) {
      version_.post = found->second;
    }
  }
  void read_dev() {
    static constexpr std::array<std::pair<std::string_view, int>, 1> words = {{{"dev", 0}}};
    if (const auto found = worded(words)) version_.dev = found->second;
  }

  bool read_local() {
    for (;;) {
      std::size_t size = 0;
      while (size < rest_.size() && (is_digit(rest_[size]) || is_letter(rest_[size]))) ++size;
      if (size == 0) return false;
      const std::string_view part = rest_.substr(0, size);
      Version::LocalPart local;
      local.is_number = std::ranges::all_of(part, is_digit);
      if (local.is_number) {
        local.number = number().value_or(0);
      } else {
        local.text = part;
        rest_.remove_prefix(size);
      }
      version_.local.push_back(std::move(local));
      if (rest_.empty()) return true;
      if (rest_.front() != '.' && rest_.front() != '-' && rest_.front() != '_') return false;
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  bool failed_ = false;
  Version version_;
};

// Where a version without the part stands among those with one: 1.0.dev1 < 1.0a1 < 1.0 < 1.0.post1.
std::pair<int, std::uint64_t> pre_rank(const Version& v) {
  if (v.pre_phase != 0) return {v.pre_phase, v.pre};
  return {!v.post && v.dev ? 0 : 4, 0};
}
std::pair<int, std::uint64_t> post_rank(const Version& v) { return {v.post ? 1 : 0, v.post.value_or(0)}; }
std::pair<int, std::uint64_t> dev_rank(const Version& v) { return {v.dev ? 0 : 1, v.dev.value_or(0)}; }

// "==2.1.*": the release begins so.
bool begins_with(const Version& version, const Version& prefix) {
  const auto number = [](const Version& v, std::size_t i) { return i < v.release.size() ? v.release[i] : 0; };
  for (std::size_t i = 0; i < prefix.release_size; ++i) {
    if (number(version, i) != number(prefix, i)) return false;
  }
  return version.epoch == prefix.epoch;
}

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

bool less(const Version& version, const Version& bound) {
  if (!(version < bound)) return false;
  return bound.is_prerelease() || !version.is_prerelease() || version.base() != bound.base();
}

bool greater(const Version& version, const Version& bound) {
  if (!(version > bound)) return false;
  const bool same_base = version.base() == bound.base();
  if (!bound.post && version.post && same_base) return false;
  return version.local.empty() || !same_base;
}

Truth compatible(const Version& version, const Version& bound) {
  if (bound.release_size < 2) return Truth::unknown;
  Version prefix = bound.base();
  prefix.release_size = bound.release_size - 1;
  return truth(version.without_local() >= bound && begins_with(version, prefix));
}

bool equal(const Version& version, const Version& bound) {
  return bound.local.empty() ? version.without_local() == bound : version == bound;
}

}  // namespace

Version Version::without_local() const {
  Version out = *this;
  out.local.clear();
  return out;
}

Version Version::base() const {
  Version out;
  out.epoch = epoch;
  out.release = release;
  out.release_size = release_size;
  return out;
}

std::optional<Version> parse_version(std::string_view text) {
  const std::string lower = in_lower_case(trimmed(text));
  return VersionReader(lower).read();
}

std::strong_ordering operator<=>(const Version& a, const Version& b) {
  if (const auto order = a.epoch <=> b.epoch; order != 0) return order;
  if (const auto order = a.release <=> b.release; order != 0) return order;
  if (const auto order = pre_rank(a) <=> pre_rank(b); order != 0) return order;
  if (const auto order = post_rank(a) <=> post_rank(b); order != 0) return order;
  if (const auto order = dev_rank(a) <=> dev_rank(b); order != 0) return order;
  return a.local <=> b.local;
}

Truth accepts(const Specifier& specifier, std::string_view text) {
  if (specifier.op == "===")
    return truth(in_lower_case(trimmed(text)) == in_lower_case(trimmed(specifier.version)));
  const std::optional<Version> version = parse_version(text);
  std::string_view wanted = specifier.version;
  const bool is_prefix = wanted.ends_with(".*");
  if (is_prefix) wanted.remove_suffix(2);
  const std::optional<Version> bound = parse_version(wanted);
  const bool by_equality = specifier.op == "==" || specifier.op == "!=";
  const bool has_more = bound && (bound->is_prerelease() || bound->post || !bound->local.empty());
  if (!version || !bound || (is_prefix && (!by_equality || has_more))) return Truth::unknown;
  if (!by_equality && !bound->local.empty()) return Truth::unknown;
  if (by_equality) {
    const bool is_equal = is_prefix ? begins_with(*version, *bound) : equal(*version, *bound);
    return truth(is_equal == (specifier.op == "=="));
  }
  if (specifier.op == "~=") return compatible(*version, *bound);
  if (specifier.op == "<=") return truth(version->without_local() <= *bound);
  if (specifier.op == ">=") return truth(version->without_local() >= *bound);
  if (specifier.op == "<") return truth(less(*version, *bound));
  if (specifier.op == ">") return truth(greater(*version, *bound));
  return Truth::unknown;
}

std::optional<std::vector<Specifier>> parse_specifiers(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('(') && text.ends_with(')')) text = trimmed(text.substr(1, text.size() - 2));
  static constexpr std::array<std::string_view, 8> operators = {
      "===", "~=", "==", "!=", "<=", ">=", "<", ">"};
  std::vector<Specifier> list;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view clause = trimmed(text.substr(0, comma));
    text = text.substr(std::min(comma + 1, text.size()));
    if (clause.empty()) continue;
    const auto* op =
        std::ranges::find_if(operators, [&](std::string_view o) { return clause.starts_with(o); });
    if (op == operators.end()) return std::nullopt;
    const std::string_view version = trimmed(clause.substr(op->size()));
    if (version.empty() || std::ranges::any_of(version, is_blank)) return std::nullopt;
    list.push_back({std::string(*op), std::string(version)});
  }
  return list;
}

}  // namespace slim::python
