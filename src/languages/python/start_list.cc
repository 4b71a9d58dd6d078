#include "languages/python/start_list.h"

#include <algorithm>
#include <set>

#include "util/format.h"
#include "util/suggest.h"

namespace slim {
namespace {

constexpr std::string_view kBlank = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

constexpr std::size_t kMostNames = 5;  // that a warning shows

// Lists made from sys.modules have the standard library's names, too: one warning for all.
std::string warning_of(const std::vector<const ListedName*>& unknown, const SourceModules& modules,
                       const std::string& file) {
  std::vector<std::string> shown;
  for (const ListedName* name : unknown) {
    if (shown.size() < kMostNames) shown.push_back(format("{} (line {})", printable(name->name), name->line));
  }
  std::string list = format("{}", fmt::join(shown, ", "));
  if (unknown.size() > kMostNames) list += format(" and {} more", unknown.size() - kMostNames);
  return format("--start-list {}: no {} of the package {} {}{}", printable(file),
                unknown.size() == 1 ? "module" : "modules", unknown.size() == 1 ? "is called" : "are called",
                list, printable(did_you_mean(unknown.front()->name, modules.names())));
}

}  // namespace

Result<std::vector<ListedName>> parse_start_list(std::string_view text) {
  std::vector<ListedName> names;
  std::set<std::string, std::less<>> known;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    line = trimmed(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    if (line.find_first_of(" \t") != std::string_view::npos && line.find('/') == std::string_view::npos)
      return fail(format("line {}: '{}' is no module's name: write one in each line, and comments behind #",
                         number, printable(std::string(line))));
    if (known.emplace(line).second) names.push_back({number, std::string(line)});
  }
  return names;
}

Result<ListedStart> find_listed(const std::vector<ListedName>& names, const SourceModules& modules,
                                const std::string& file) {
  std::set<std::size_t> entries;
  std::vector<const ListedName*> unknown;
  for (const ListedName& name : names) {
    if (const auto entry = modules.named(name.name)) {
      entries.insert(*entry);
    } else if (!modules.has_module(name.name)) {
      unknown.push_back(&name);
    }
  }
  if (names.empty())
    return fail(format("--start-list {}: names no module: write one in each line", printable(file)));
  ListedStart start{{entries.begin(), entries.end()}, {}};
  if (!unknown.empty()) start.warnings.push_back(warning_of(unknown, modules, file));
  if (unknown.size() == names.size())
    return fail(start.warnings.front() + ", so that the list would leave everything without bytecode");
  return start;
}

}  // namespace slim
