// Editable installs: instead of the code they leave a path to where it was developed. Each installer has its
// own way:
// - a .pth file with the path (setuptools' __editable__.x.pth, hatch, uv, Poetry, pdm, maturin, conda develop,
//   setuptools' old easy-install.pth with an .egg-link);
// - a .pth file that imports a finder, which has the paths (setuptools' __editable___x_finder, meson-python,
//   scikit-build-core, the "editables" library);
// - of any kind direct_url.json of the distribution (PEP 610) says so.
#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "json/json.h"
#include "languages/python/checks.h"
#include "languages/python/python_facts.h"
#include "util/format.h"
#include "util/lines.h"
#include "util/path.h"

namespace slim::check {
namespace {

constexpr std::uint64_t kLargest = 1 << 20;  // such files are small

std::string_view without_blanks_behind(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

bool is_of_windows(std::string_view path) {
  return path.size() > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/') &&
         ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z'));
}

// How many folders the path climbs above the one that it starts in.
bool climbs_out(std::string_view folder, std::string_view relative) {
  auto depth = std::ranges::count(folder, '/');
  for (std::size_t begin = 0; begin <= relative.size();) {
    const std::size_t end = std::min(relative.find('/', begin), relative.size());
    const std::string_view component = relative.substr(begin, end - begin);
    if (component == "..") {
      if (--depth < 0) return true;
    } else if (!component.empty() && component != ".") {
      ++depth;
    }
    begin = end + 1;
  }
  return false;
}

bool is_true(const json::Json& value) { return value.dump() == "true"; }

class EditableCheck {
 public:
  explicit EditableCheck(Deployment& deployment) : deployment_(deployment) {}

  void run() {
    for (const Place place : deployment_.files()) {
      if (is_of_image(deployment_.parts()[place.part])) continue;  // what it leads to may be in another layer
      const Entry& entry = deployment_.entry(place);
      if (entry.type != EntryType::file || entry.size > kLargest) continue;
      if (entry.path.ends_with(".pth") && is_on_path(place)) check_pth(place);
      if (entry.path.ends_with(".egg-link")) check_egg_link(place);
    }
    for (const Place place : deployment_.files()) {
      if (base_name(deployment_.entry(place).path) == "direct_url.json") check_direct_url(place);
    }
  }

 private:
  std::string text_of(Place place) const {
    const Result<Bytes> bytes = deployment_.parts()[place.part].package->load(place.index);
    return bytes ? std::string(as_text(*bytes)) : std::string();
  }

  bool is_on_path(Place place) const {
    const std::vector<std::string>& roots = python_roots(*deployment_.parts()[place.part].inspection);
    return std::ranges::find(roots, folder_of(deployment_.entry(place).path)) != roots.end();
  }

  // What Lambda itself puts there, or mounts (EFS under /mnt), no package has.
  static bool is_of_lambda(std::string_view path) {
    return std::ranges::any_of(
        std::array<std::string_view, 4>{"/mnt/", "/tmp/", "/var/lang/", "/var/runtime/"},
        [&](std::string_view folder) { return path.starts_with(folder); });
  }

  // Does the path lead to a place that no part of the deployment has?
  bool leads_out(Place place, const std::string& path) const {
    if (is_of_windows(path)) return true;
    if (path.starts_with('/')) return !deployment_.has_path(path) && !is_of_lambda(path);
    const std::string folder(folder_of(deployment_.absolute(place)));
    return climbs_out(folder_of(deployment_.entry(place).path), path) && !deployment_.has_path(folder + path);
  }

  void report(Place place, const std::string& path) {
    if (!reported_.insert({place.part, path}).second) return;
    // A layer that was not named may bring it.
    if (path.starts_with("/opt/")) {
      return deployment_.report(Severity::warning, "editable-install", place,
                                format("leads to {}, which no part of this deployment has: name the layer "
                                       "that brings it with --layer, or install without -e",
                                       printable(path)));
    }
    deployment_.report(
        Severity::error, "editable-install", place,
        format("leads to {}, which is not in the package, as editable installs do: install without "
               "-e (pip install --target … ., uv sync --no-editable, or the built wheel)",
               printable(path)));
  }

  void check_pth(Place place) {
    const std::string text = text_of(place);
    for (const std::string_view each : lines_of(text)) {
      const std::string line(without_blanks_behind(each));
      if (line.empty() || line[0] == '#') continue;
      if (line.starts_with("import ") || line.starts_with("import\t")) {
        check_statement(place, line.substr(7));
      } else if (leads_out(place, line)) {
        report(place, line);
      }
    }
  }

  // "__editable___x_finder; __editable___x_finder.install()", "sys; sys.path.insert(0, '/home/me/x')". The
  // editables library's finder has any name, and imports editables.
  void check_statement(Place place, const std::string& statement) {
    if (statement.find("sys.path") != std::string::npos ||
        statement.find("addsitedir") != std::string::npos) {
      check_literals(place, statement);
    }
    const std::string module = statement.substr(0, statement.find_first_of(" ;,\t."));
    const auto finder =
        deployment_.find(std::string(folder_of(deployment_.absolute(place))) + module + ".py");
    if (!finder) return;
    const std::string text = text_of(*finder);
    const bool is_one =
        module.find("editable") != std::string::npos || text.find("editables") != std::string::npos;
    if (is_one) check_literals(*finder, text);
  }

  // The first path in quotes that leads out.
  void check_literals(Place place, const std::string& text) {
    for (std::size_t at = text.find_first_of("'\""); at != std::string::npos;
         at = text.find_first_of("'\"", at + 1)) {
      const std::string rest = text.substr(at + 1, 4096);
      if (!rest.starts_with('/') && !is_of_windows(rest)) continue;
      const std::string path = rest.substr(0, rest.find(text[at]));
      if (path.size() < 3 || path.find('\n') != std::string::npos || !leads_out(place, path)) continue;
      return report(place, path);
    }
  }

  void check_egg_link(Place place) {
    const std::string text = text_of(place);
    const std::string path(without_blanks_behind(std::string_view(text).substr(0, text.find('\n'))));
    if (!path.empty() && leads_out(place, path)) report(place, path);
  }

  // Not where another sign of it has been told of, nor where the code is there all the same.
  void check_direct_url(Place place) {
    const auto origin = json::parse(text_of(place));
    if (!origin || !is_true(origin->at("dir_info").at("editable"))) return;
    const Part& part = deployment_.parts()[place.part];
    const std::string info_dir(parent_of(deployment_.entry(place).path));
    const auto distribution =
        std::ranges::find(part.inspection->distributions, info_dir, &Distribution::info_dir);
    if (distribution == part.inspection->distributions.end()) return;
    for (std::size_t i = 0; i < part.package->entries.size(); ++i) {
      const std::string& path = part.package->entries[i].path;
      if (part.inspection->owner[i] == distribution->name && !path.starts_with(info_dir) &&
          path.ends_with(".py"))
        return;
    }
    std::string path = origin->at("url").text();
    if (path.starts_with("file://")) path.erase(0, 7);
    const bool is_told = std::ranges::any_of(reported_, [&](const auto& told) {
      return told.first == place.part && told.second.starts_with(path);
    });
    if (!is_told && leads_out(place, path)) report(place, path);
  }

  Deployment& deployment_;
  std::set<std::pair<std::size_t, std::string>> reported_;
};

}  // namespace

void check_editable(Deployment& deployment) { EditableCheck(deployment).run(); }

}  // namespace slim::check
