// Links that npm makes and that lead out of the package: node_modules/x is a symlink to a workspace, or to where
// `npm link` was called.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "languages/node/checks.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

void check_link(Deployment& deployment, Place place,
                std::set<std::pair<std::size_t, std::string>>& reported) {
  const Entry& entry = deployment.entry(place);
  const std::string path = "/" + entry.path;
  const bool is_package =
      path.find("/node_modules/") != std::string::npos && path.find("/.bin/") == std::string::npos;
  const std::string target = entry.target.starts_with('/')
                                 ? entry.target
                                 : std::string(folder_of(deployment.absolute(place))) + entry.target;
  if (!is_package || deployment.has_path(target)) return;
  if (!reported.insert({place.part, entry.target}).second) return;
  deployment.report(
      Severity::error, "editable-install", place,
      format("is a link to {}, which is not in the package, as npm link and workspaces make them: "
             "install the packed tarball (npm pack), or bundle the code",
             printable(entry.target)));
}

}  // namespace

void check_node_links(Deployment& deployment) {
  std::set<std::pair<std::size_t, std::string>> reported;
  for (const Place place : deployment.files()) {
    if (is_of_image(deployment.parts()[place.part])) continue;  // what it leads to may be in another layer
    if (deployment.entry(place).type == EntryType::symlink) check_link(deployment, place, reported);
  }
}

}  // namespace slim::check
