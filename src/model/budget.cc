#include "model/budget.h"

#include <charconv>
#include <string_view>
#include <utility>

#include "util/ascii.h"
#include "util/format.h"

namespace slim {
namespace {

struct Unit {
  std::string_view name;  // in lower case
  double bytes;
};
constexpr double kKi = 1024;
constexpr Unit kUnits[] = {{"", 1},
                           {"b", 1},
                           {"k", 1e3},
                           {"kb", 1e3},
                           {"m", 1e6},
                           {"mb", 1e6},
                           {"g", 1e9},
                           {"gb", 1e9},
                           {"t", 1e12},
                           {"tb", 1e12},
                           {"ki", kKi},
                           {"kib", kKi},
                           {"mi", kKi* kKi},
                           {"mib", kKi* kKi},
                           {"gi", kKi* kKi* kKi},
                           {"gib", kKi* kKi* kKi},
                           {"ti", kKi* kKi* kKi* kKi},
                           {"tib", kKi* kKi* kKi* kKi}};
constexpr double kLargest = 1e15;  // no package comes near, and a double still counts each byte

// The number at the start, and what follows it without spaces, in lower case.
std::pair<double, std::string> number_and_unit(std::string_view text) {
  double number = -1;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc{}) return {-1, ""};
  std::string unit;
  for (const char c : text.substr(static_cast<std::size_t>(end - text.data()))) {
    if (c != ' ') unit += lower_case(c);
  }
  return {number, unit};
}

}  // namespace

Fill fill_of(std::uint64_t bytes, std::uint64_t limit) {
  constexpr double near = 0.9;
  if (bytes > limit) return Fill::over;
  return static_cast<double>(bytes) >= near * static_cast<double>(limit) ? Fill::nearly_full : Fill::fine;
}

Result<std::uint64_t> parse_size(const std::string& text) {
  const auto [number, unit] = number_and_unit(text);
  for (const Unit& known : kUnits) {
    if (unit != known.name || !(number >= 0) || number * known.bytes > kLargest) continue;
    return static_cast<std::uint64_t>(number * known.bytes);
  }
  return fail(format("'{}' is no size: write it as 20MB, 1.5MiB or 800000", printable(text)));
}

Result<Budget> parse_budget(const std::string& text, bool hard) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos || equals == 0)
    return fail(format("'{}' names no budget: write it as zip=20MB, unpacked=120MB or PACKAGE=40MB",
                       printable(text)));
  TRY(const std::uint64_t bytes, parse_size(text.substr(equals + 1)));
  return Budget{text.substr(0, equals), bytes, hard, {}};
}

Result<Allowance> parse_allowance(const std::string& text) {
  Allowance allowance;
  const auto [number, unit] = number_and_unit(text);
  if (unit == "%" && number >= 0 && number <= 1000) {
    allowance.percent = number;
    return allowance;
  }
  const Result<std::uint64_t> bytes = parse_size(text);
  if (!bytes) return fail(format("'{}' is no growth: write it as 1% or 200kB", printable(text)));
  allowance.in_bytes = true;
  allowance.bytes = *bytes;
  return allowance;
}

std::uint64_t Allowance::above(std::uint64_t before) const {
  if (in_bytes) return before + bytes;
  return before + static_cast<std::uint64_t>(static_cast<double>(before) * percent / 100);
}

std::string Allowance::text() const { return in_bytes ? human_bytes(bytes) : format("{} %", percent); }

}  // namespace slim
