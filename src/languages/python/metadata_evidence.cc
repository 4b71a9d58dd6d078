#include "languages/python/metadata_evidence.h"

#include <algorithm>

#include "python/distribution_name.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using About = MetadataQuestion::About;
using python::normalized_distribution_name;

const Distribution* distribution_of(const Inspection& inspection, std::string_view path) {
  const auto found = std::ranges::find_if(inspection.distributions, [&](const Distribution& distribution) {
    return path.starts_with(distribution.info_dir) &&
           (path.size() == distribution.info_dir.size() || path[distribution.info_dir.size()] == '/');
  });
  return found == inspection.distributions.end() ? nullptr : &*found;
}

bool has_top_level(const Distribution& distribution, std::string_view name) {
  return std::ranges::any_of(distribution.top_level, [&](std::string_view top) {
    return top.substr(0, top.find('.')) == name;  // a module stands there with its suffix
  });
}

// How the question reads in a report, if it may be about this distribution.
std::optional<std::string> asked(const MetadataQuestion& question, const Distribution& distribution) {
  const std::string name = normalized_distribution_name(distribution.name);
  switch (question.about) {
    case About::distribution:
      if (normalized_distribution_name(question.name) != name) return std::nullopt;
      return format("asks for the distribution {}", question.name);
    case About::own:
      if (normalized_distribution_name(question.name) != name && !has_top_level(distribution, question.name))
        return std::nullopt;
      return "asks for its own distribution";
    case About::entry_points: {
      const auto& groups = distribution.entry_point_groups;
      if (question.name.empty()) {
        if (groups.empty()) return std::nullopt;
        return "asks for entry points of a group that is only known when it runs";
      }
      if (std::ranges::find(groups, question.name) == groups.end()) return std::nullopt;
      return format("asks for the entry points {}", question.name);
    }
    case About::installer_file:
      return std::nullopt;
    case About::anything:
      return "may ask for any distribution: the name is only known when it runs";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> who_asks_for_metadata(const GuardView& view, std::size_t i) {
  const Distribution* distribution = distribution_of(view.inspection, view.package.entries[i].path);
  if (distribution == nullptr) return "it belongs to no distribution that slim knows";
  for (const std::size_t k : view.inspection.metadata_readers) {
    if (!view.kept[k]) continue;
    for (const MetadataQuestion& question : view.inspection.files[k].metadata_questions) {
      const auto how = asked(question, *distribution);
      if (how) return format("{} {}", view.package.entries[k].path, *how);
    }
  }
  return std::nullopt;
}

std::optional<std::string> who_reads_installer_file(const GuardView& view, std::size_t i) {
  const std::string& path = view.package.entries[i].path;
  const bool of_conda = base_name(parent_of(path)) == "conda-meta";
  const std::string_view name = of_conda ? "conda-meta" : base_name(path);
  // files() reads the first of these that is there.
  const bool lists_files = name == "RECORD" || name == "installed-files.txt" || name == "SOURCES.txt";
  const bool stands_in =
      lists_files && !find_entry(view.package, std::string(folder_of(path)) + "top_level.txt");
  for (const std::size_t k : view.inspection.metadata_readers) {
    if (!view.kept[k]) continue;
    for (const MetadataQuestion& question : view.inspection.files[k].metadata_questions) {
      if (question.about != About::installer_file) continue;
      const bool is_meant = question.name == name || (lists_files && question.name == "RECORD") ||
                            (stands_in && question.name == "top_level.txt");
      if (is_meant) return format("{} reads {} of distributions", view.package.entries[k].path, name);
    }
  }
  return std::nullopt;
}

}  // namespace slim
