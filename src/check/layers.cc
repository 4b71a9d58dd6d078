// Folders that a layer has and no runtime searches. Layers are unpacked below /opt; what is looked at there
// is on AWS's page "Packaging your layer content": python, python/lib/python3.x/site-packages,
// nodejs/node_modules, nodejs/nodeNN/node_modules, java/lib, ruby/gems/x.y.0, ruby/lib, bin and lib. Not
// lib64.
#include <charconv>
#include <set>

#include "check/checks.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

int number_after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return -1;
  text.remove_prefix(prefix.size());
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct Unsearched {
  std::string folder;
  std::string message;
};

std::optional<Unsearched> in_lib64(const std::string& path, const FileFacts& facts) {
  if (!path.starts_with("lib64/") || !facts.elf) return std::nullopt;
  return Unsearched{"lib64/", "is in lib64/, which LD_LIBRARY_PATH does not name: put it into lib/"};
}

std::optional<Unsearched> in_other_python(const std::string& path, const PythonVersion& python) {
  const int minor = number_after(path, "python/lib/python3.");
  if (minor < 0 || minor == python.minor) return std::nullopt;
  return Unsearched{format("python/lib/python3.{}", minor),
                    format("is in python/lib/python3.{}/, which Python {}.{} does not search: use python/ or "
                           "python/lib/python{}.{}/site-packages/",
                           minor, python.major, python.minor, python.major, python.minor)};
}

std::optional<Unsearched> in_other_node(const std::string& path, int node) {
  const int version = number_after(path, "nodejs/node");
  if (version < 0 || version == node) return std::nullopt;
  return Unsearched{format("nodejs/node{}", version),
                    format("is in nodejs/node{}/, which Node.js {} does not search: use nodejs/node_modules/",
                           version, node)};
}

// A layer that was zipped with its folder around it: "layer/python/x.py" unpacks to /opt/layer/python/x.py.
std::optional<Unsearched> wrapped(const std::string& path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string::npos) return std::nullopt;
  static const std::set<std::string_view> searched = {"python", "nodejs", "java", "ruby",       "dotnetcore",
                                                      "bin",    "lib",    "etc",  "extensions", "lib64"};
  const std::string_view rest = std::string_view(path).substr(slash + 1);
  const std::string_view first = std::string_view(path).substr(0, slash);
  if (searched.contains(first)) return std::nullopt;
  if (!rest.starts_with("python/") && !rest.starts_with("nodejs/node_modules/") &&
      !rest.starts_with("java/lib/"))
    return std::nullopt;
  return Unsearched{std::string(first),
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
    std::optional<Unsearched> found = in_lib64(path, deployment.facts(place));
    if (!found) found = wrapped(path);
    if (!found && target.python) found = in_other_python(path, *target.python);
    if (!found && target.runtime != nullptr && target.runtime->node != 0)
      found = in_other_node(path, target.runtime->node);
    if (!found || !seen.insert({place.part, found->folder}).second) continue;
    deployment.report(Severity::warning, "unsearched-folder", place, found->message);
  }
}

}  // namespace slim::check
