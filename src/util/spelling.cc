#include "util/spelling.h"

#include <algorithm>
#include <numeric>

#include "util/format.h"

namespace slim {
namespace {

// Levenshtein's distance: single-character edits from one to the other.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string did_you_mean(const std::string& typed, const std::vector<std::string>& known) {
  constexpr std::size_t longest = 64;
  constexpr std::size_t short_list = 6;
  if (known.empty() || typed.size() > longest) return "";
  const auto nearest = std::ranges::min_element(
      known, {}, [&](const std::string& name) { return edit_distance(typed, name); });
  if (edit_distance(typed, *nearest) <= std::max<std::size_t>(2, typed.size() / 3)) {
    return format(": did you mean '{}'?", *nearest);
  }
  if (known.size() > short_list) return "";
  return format(": one of {}", fmt::join(known, ", "));
}

}  // namespace slim
