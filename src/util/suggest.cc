#include "util/suggest.h"

#include <algorithm>
#include <numeric>

#include "util/ascii.h"

namespace slim {
namespace {

// Levenshtein's distance with two rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> above(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({above[j + 1] + 1, row[j] + 1, above[j] + (a[i] == b[j] ? 0U : 1U)});
    }
    std::swap(row, above);
  }
  return above.back();
}

}  // namespace

// Case and separators are what people remember least: "SecretsManager" is secretsmanager, "Pillow" pillow.
std::string folded_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    out += lower_case(c);
  }
  return out;
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 100;  // names that people type; the cost is quadratic
  if (name.size() > longest) return {};
  const std::string typed = folded_name(name);
  std::string best;
  std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > longest) continue;
    const std::string other = folded_name(candidate);
    const std::size_t distance =
        other == typed ? 0 : std::min(edit_distance(name, candidate), edit_distance(typed, other) + 1);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  if (!best.empty() || typed.size() < 3) return best;
  for (const std::string& candidate : known) {  // "cognito" of cognito-idp
    if (folded_name(candidate).starts_with(typed) && (best.empty() || candidate.size() < best.size()))
      best = candidate;
  }
  return best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(name, known);
  return nearest.empty() ? "" : ": did you mean '" + nearest + "'?";
}

}  // namespace slim
