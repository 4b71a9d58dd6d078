#include "plan/wishes.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "languages/language.h"
#include "util/format.h"
#include "util/path.h"
#include "util/suggest.h"

namespace slim {
namespace {

bool matches_any(const Package& package, const std::string& pattern) {
  const Result<Glob> glob = Glob::compile(pattern);
  return glob &&
         std::ranges::any_of(package.entries, [&](const Entry& entry) { return means(*glob, entry.path); });
}

// What lies directly in a folder, "a/" or "" for the root.
std::vector<std::string> names_in(const Package& package, const std::string& folder) {
  std::set<std::string> names;
  auto entry = std::ranges::lower_bound(package.entries, folder, {}, &Entry::path);
  for (; entry != package.entries.end() && entry->path.starts_with(folder); ++entry) {
    const std::string rest = entry->path.substr(folder.size());
    if (!rest.empty()) names.insert(rest.substr(0, rest.find('/')));
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> all_names(const Package& package) {
  std::set<std::string, std::less<>> names;
  for (const Entry& entry : package.entries) {
    for (std::string_view path = entry.path; !path.empty(); path = parent_of(path)) {
      if (!names.emplace(base_name(path)).second && path != entry.path) break;
    }
  }
  return {names.begin(), names.end()};
}

bool is_literal(std::string_view text) { return text.find_first_of("*?[]{}") == std::string_view::npos; }

// The glob with each mistyped component replaced by the nearest that is there, up to its first star.
std::string with_near_names(const Package& package, const std::string& glob) {
  std::string known;  // "a/b/"
  std::string_view rest = glob;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string part(rest.substr(0, end));
    if (!is_literal(part)) break;
    const std::vector<std::string> names = names_in(package, known);
    const bool is_there = std::ranges::binary_search(names, part);
    const std::string name = is_there ? part : nearest_name(part, names);
    if (name.empty()) return {};
    known += name + (end == rest.size() ? "" : "/");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return known + std::string(rest);
}

// Where the package is unpacked, and "here", are no part of a path.
std::string without_mount(const std::string& glob) {
  for (const std::string_view start : {"/var/task/", "/opt/", "./", "/"}) {
    if (glob.starts_with(start)) return glob.substr(start.size());
  }
  return {};
}

std::string meant_by(const Package& package, const std::string& glob) {
  if (const std::string inner = without_mount(glob); !inner.empty() && matches_any(package, inner))
    return inner;
  if (glob.find('/') == std::string::npos)
    return is_literal(glob) ? nearest_name(glob, all_names(package)) : std::string();
  if (const std::string deeper = "**/" + glob; matches_any(package, deeper)) return deeper;
  const std::string near = with_near_names(package, glob);
  return !near.empty() && near != glob && matches_any(package, near) ? near : std::string();
}

struct GlobFlag {
  const std::vector<Given>& globs;
  const char* what;  // it can have an effect on
  bool (*counts)(const Entry&, const FileFacts&);
};

Finding matches_nothing(const Package& package, const Given& glob, const char* what) {
  std::string hint = did_you_mean_glob(package, glob.text);
  if (hint.empty()) hint = ": check its spelling, or leave it out";
  return {Severity::warning, "matches-nothing", "",
          format("{} '{}' matches no {} of the package{}", glob.from, printable(glob.text), what, hint)};
}

Status check_globs(const Package& package, const Inspection& inspection, const GlobFlag& flag,
                   std::vector<Finding>& findings) {
  for (const Given& given : flag.globs) {
    TRY(const Glob glob, compile_wish(given));
    bool found = false;
    for (std::size_t i = 0; i < package.entries.size() && !found; ++i) {
      found = flag.counts(package.entries[i], inspection.files[i]) && means(glob, package.entries[i].path);
    }
    if (!found) findings.push_back(matches_nothing(package, given, flag.what));
  }
  return {};
}

}  // namespace

Result<Glob> compile_wish(const Given& wish) {
  std::string pattern = wish.text;
  while (pattern.size() > 1 && pattern.ends_with('/')) pattern.pop_back();
  Result<Glob> glob = Glob::compile(std::move(pattern));
  if (!glob) return tl::unexpected(at(wish.from, std::move(glob.error())));
  return glob;
}

bool means(const Glob& glob, std::string_view path) {
  for (std::size_t end = path.find('/'); end != std::string_view::npos; end = path.find('/', end + 1)) {
    if (glob.matches(path.substr(0, end))) return true;
  }
  return glob.matches(path);
}

std::string did_you_mean_glob(const Package& package, const std::string& glob) {
  if (matches_any(package, glob)) return {};  // but nothing of the kind that is asked for
  const std::string meant = meant_by(package, glob);
  return meant.empty() ? "" : ": did you mean '" + printable(meant) + "'?";
}

Result<std::vector<Finding>> check_wishes(const Package& package, const Inspection& inspection,
                                          const Options& options) {
  std::vector<Finding> findings;
  const auto any = [](const Entry&, const FileFacts&) { return true; };
  const auto file = [](const Entry& entry, const FileFacts&) { return entry.type != EntryType::directory; };
  const auto elf = [](const Entry&, const FileFacts& facts) { return facts.kind == FileKind::elf; };
  CHECK_OK(check_globs(package, inspection, {options.keep, "file", any}, findings));
  CHECK_OK(check_globs(package, inspection, {options.drop, "file", file}, findings));
  CHECK_OK(check_globs(package, inspection, {options.keep_strip, "ELF file", elf}, findings));
  for (const LanguageRoom* room : languages()) {
    if (room->check_wishes == nullptr) continue;
    TRY(std::vector<Finding> more, room->check_wishes(package, inspection, options));
    std::ranges::move(more, std::back_inserter(findings));
  }
  return findings;
}

}  // namespace slim
