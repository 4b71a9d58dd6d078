#include "model/runtime_name.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <vector>

#include "model/runtime.h"
#include "util/ascii.h"
#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// "Node-JS 22" -> "nodejs22"
std::string squeezed(std::string_view id) {
  std::string out;
  for (const char c : id) {
    const char low = lower_case(c);
    if (is_letter(low) || is_digit(low) || low == '.') out += low;
  }
  return out;
}

struct Name {
  std::string family;        // "nodejs"
  std::vector<int> numbers;  // of "nodejs22.x": 22; of "python3.12": 3 and 12
};

Name name_of(std::string_view id) {
  Name name;
  const std::string text = squeezed(id);
  std::size_t at = 0;
  while (at < text.size() && is_letter(text[at])) ++at;
  name.family = text.substr(0, at);
  if (name.family == "dotnetcore") name.family = "dotnet";
  while (at < text.size() && !is_digit(text[at])) ++at;  // the ".al" of provided.al2
  while (at < text.size() && is_digit(text[at]) && name.numbers.size() < 2) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (error != std::errc{} || number > 100'000) break;
    name.numbers.push_back(number);
    at = static_cast<std::size_t>(end - text.data());
    if (at < text.size() && text[at] == '.') ++at;
  }
  return name;
}

std::string nearest_family(const std::string& typed) {
  std::vector<std::string> families;
  for (const Runtime& runtime : runtime_table().runtimes) families.push_back(name_of(runtime.id).family);
  if (typed.empty() || std::ranges::find(families, typed) != families.end()) return typed;
  for (const std::string& family : families) {  // "py", "node", "golang"
    if (typed.size() > 1 && (family.starts_with(typed) || typed.starts_with(family))) return family;
  }
  return typed.size() > 3 ? nearest_name(typed, families) : std::string();
}

int order_of(const Name& name) {
  const auto number = [&](std::size_t i) { return i < name.numbers.size() ? name.numbers[i] : 0; };
  return std::min(number(0), 1000) * 1000 + std::min(number(1), 999);
}

std::string without_dots(std::string_view id) {
  std::string out = squeezed(id);
  std::erase(out, '.');
  if (out.ends_with('x')) out.pop_back();
  return out;
}

bool begins_with(const std::vector<int>& numbers, const std::vector<int>& start) {
  return numbers.size() >= start.size() && std::equal(start.begin(), start.end(), numbers.begin());
}

}  // namespace

std::string nearest_runtime(std::string_view id) {
  Name typed = name_of(id);
  typed.family = nearest_family(typed.family);
  std::vector<const Runtime*> family;
  for (const Runtime& runtime : runtime_table().runtimes) {
    if (!typed.family.empty() && name_of(runtime.id).family == typed.family) family.push_back(&runtime);
  }
  const auto first_that = [&](const auto& fits) {
    const auto found = std::ranges::find_if(family, fits);
    return found == family.end() ? std::string() : (*found)->id;
  };
  std::string best =
      first_that([&](const Runtime* each) { return without_dots(each->id) == without_dots(id); });
  if (best.empty() && !typed.numbers.empty())
    best = first_that([&](const Runtime* each) { return name_of(each->id).numbers == typed.numbers; });
  if (!best.empty()) return best;

  std::erase_if(family, [](const Runtime* each) { return each->preview; });
  for (const Runtime* each : family) {  // "python3": the newest that begins so
    if (begins_with(name_of(each->id).numbers, typed.numbers) || each->id.starts_with(squeezed(id)))
      best = each->id;
  }
  if (!best.empty()) return best;
  const auto distance = [&](const Runtime* each) {
    return std::abs(order_of(name_of(each->id)) - order_of(typed));
  };
  std::ranges::reverse(family);  // of two that are as near the newer one
  const auto nearest = std::ranges::min_element(family, {}, distance);
  return nearest == family.end() ? std::string() : (*nearest)->id;
}

std::string did_you_mean_runtime(std::string_view id) {
  if (const std::string nearest = nearest_runtime(id); !nearest.empty())
    return format(": did you mean '{}'?", nearest);
  std::string newest;
  for (const Language language : kLanguages) {
    if (const Runtime* runtime = runtime_table().newest_of(language))
      newest += (newest.empty() ? "" : ", ") + runtime->id;
  }
  return format(": the newest are {}.", newest);
}

}  // namespace slim
