// Which distributions are installed, and where Python looks for them: a .dist-info folder lies on sys.path by
// definition (PEP 376), and so does site-packages; layers have python/ (Lambda's "Packaging your layer content").
#include "languages/python/distributions.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "util/lines.h"

namespace slim {
namespace {

std::string_view first_component(std::string_view path) { return path.substr(0, path.find('/')); }

// "numpy-2.4.6.dist-info" -> {"numpy", "2.4.6"}
void name_from_folder(std::string_view folder, Distribution& distribution) {
  folder = folder.substr(0, folder.rfind('.'));
  const std::size_t dash = folder.find('-');
  distribution.name = folder.substr(0, dash);
  if (dash == std::string_view::npos) return;
  folder.remove_prefix(dash + 1);
  distribution.version = folder.substr(0, folder.find("-py"));
}

void name_from_metadata(std::string_view text, Distribution& distribution) {
  for (std::string_view line : lines_of(text)) {
    if (line.empty()) return;
    if (line.starts_with("Name: ")) distribution.name = line.substr(6);
    if (line.starts_with("Version: ")) distribution.version = line.substr(9);
    if (line.starts_with("Import-Name: ")) {  // PEP 794: "a.b; private"
      const std::string_view name = line.substr(13);
      distribution.stated_top_level.emplace_back(name.substr(0, name.find_first_of(".; ")));
    }
  }
}

// First components of the files that RECORD lists (PEP 376: path, hash, size), less the metadata folder
// itself.
std::vector<std::string> top_level_of(std::string_view record, std::string_view info_name) {
  std::set<std::string, std::less<>> names;
  for (std::string_view line : lines_of(record)) {
    if (line.starts_with('"')) line.remove_prefix(1);
    const std::string_view first = first_component(line.substr(0, line.find_first_of(",\"")));
    if (first.empty() || first == ".." || first == "bin" || first == "__pycache__" || first == info_name)
      continue;
    names.emplace(first);
  }
  return {names.begin(), names.end()};
}

// "[console_scripts]" -> console_scripts
std::vector<std::string> groups_of(std::string_view entry_points) {
  std::vector<std::string> groups;
  for (const std::string_view line : lines_of(entry_points)) {
    if (!line.starts_with('[') || line.find(']') == std::string_view::npos) continue;
    groups.emplace_back(line.substr(1, line.find(']') - 1));
  }
  return groups;
}

constexpr std::array kInfoSuffixes = {std::string_view(".dist-info"), std::string_view(".egg-info")};

bool is_info_name(std::string_view name) {
  if (name.starts_with('.')) return false;  // "._numpy-2.4.6.dist-info", the attributes of a folder
  return std::ranges::any_of(kInfoSuffixes, [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// The paths of all metadata folders (and old single-file .egg-info), each once.
std::set<std::string> info_folders(const Package& package) {
  std::set<std::string> folders;
  for (const Entry& entry : package.entries) {
    for (std::size_t end = entry.path.find('/');; end = entry.path.find('/', end + 1)) {
      const std::string_view parent = std::string_view(entry.path).substr(0, end);
      const std::size_t slash = parent.rfind('/');
      if (is_info_name(slash == std::string_view::npos ? parent : parent.substr(slash + 1))) {
        folders.emplace(parent);
        break;
      }
      if (end == std::string::npos) break;
    }
  }
  return folders;
}

}  // namespace

void find_python_roots(const Package& package, Inspection& inspection) {
  std::set<std::string> roots;
  for (const std::string& folder : info_folders(package)) {
    const std::size_t slash = folder.rfind('/');
    roots.insert(slash == std::string::npos ? "" : folder.substr(0, slash + 1));
  }
  constexpr std::string_view site = "/site-packages/";
  for (const Entry& entry : package.entries) {
    const std::size_t at = entry.path.find(site);
    if (at != std::string::npos) roots.insert(entry.path.substr(0, at + site.size()));
  }
  const bool has_python =
      std::ranges::any_of(package.entries, [](const Entry& entry) { return entry.path.ends_with(".py"); });
  if (has_python && has_entries_below(package, "python/")) roots.insert("python/");
  if (has_python && roots.empty()) roots.insert("");
  inspection.languages[Language::python].roots.assign(roots.begin(), roots.end());
}

Status find_distributions(const Package& package, Inspection& inspection) {
  for (const std::string& folder : info_folders(package)) {
    Distribution distribution;
    distribution.info_dir = folder;
    const std::string info_name = folder.substr(folder.rfind('/') + 1);
    name_from_folder(info_name, distribution);
    const bool is_dist_info = info_name.ends_with(".dist-info");
    TRY(const std::string metadata, load_text(package, folder + (is_dist_info ? "/METADATA" : "/PKG-INFO")));
    name_from_metadata(metadata, distribution);
    TRY(const std::string record, load_text(package, folder + "/RECORD"));
    distribution.top_level = top_level_of(record, info_name);
    TRY(const std::string names, load_text(package, folder + "/top_level.txt"));
    for (std::string_view line : lines_of(names)) {
      if (!line.empty()) distribution.stated_top_level.emplace_back(line);
    }
    if (distribution.top_level.empty()) distribution.top_level = distribution.stated_top_level;
    TRY(const std::string entry_points, load_text(package, folder + "/entry_points.txt"));
    distribution.entry_point_groups = groups_of(entry_points);
    inspection.distributions.push_back(std::move(distribution));
  }
  return {};
}

}  // namespace slim
