// Folders that a layer has and no runtime searches. Layers are unpacked below /opt; what is looked at there
// is on AWS's page "Packaging your layer content": bin and lib, and for each language folders of its own
// (LanguageRoom::layer_folders). Not lib64.
#include <algorithm>
#include <set>

#include "check/checks.h"
#include "languages/language.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

std::optional<UnsearchedFolder> in_lib64(const std::string& path, const FileFacts& facts) {
  if (!path.starts_with("lib64/") || !facts.elf) return std::nullopt;
  return UnsearchedFolder{"lib64/", "is in lib64/, which LD_LIBRARY_PATH does not name: put it into lib/"};
}

// A layer that was zipped with its folder around it: "layer/nodejs/x.js" unpacks to /opt/layer/nodejs/x.js.
std::optional<UnsearchedFolder> wrapped(const std::string& path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(path).substr(slash + 1);
  const std::string_view first = std::string_view(path).substr(0, slash);
  if (first == "lib64" || is_searched_in_layers(first)) return std::nullopt;
  const bool is_layer_inside = std::ranges::any_of(languages(), [&](const LanguageRoom* room) {
    return std::ranges::any_of(room->layer_folders,
                               [&](std::string_view folder) { return rest.starts_with(folder); });
  });
  if (!is_layer_inside) return std::nullopt;
  return UnsearchedFolder{std::string(first),
                          format("is one folder too deep for a layer, as {}/ is not searched: zip what "
                                 "is inside that folder",
                                 printable(std::string(first)))};
}

}  // namespace

void check_layers(Deployment& deployment) {
  std::set<std::pair<std::size_t, std::string>> seen;
  const Target& target = deployment.target();
  for (const Place place : deployment.files()) {
    if (deployment.parts()[place.part].mount != "/opt") continue;
    const std::string& path = deployment.entry(place).path;
    std::optional<UnsearchedFolder> found = in_lib64(path, deployment.facts(place));
    if (!found) found = wrapped(path);
    for (const LanguageRoom* room : languages()) {
      if (!found && room->find_unsearched != nullptr) found = room->find_unsearched(path, target);
    }
    if (!found || !seen.insert({place.part, found->folder}).second) continue;
    deployment.report(Severity::warning, "unsearched-folder", place, found->message);
  }
}

}  // namespace slim::check
