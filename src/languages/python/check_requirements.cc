// Do the distributions fit each other, and the function's Python? What one requires stands in its METADATA
// (Requires-Dist, Requires-Python). pip installs what fits; but a function and its layers are installed
// apart, and so is what several calls of `pip install --target` put into one folder.
//
// An exact pin (pydantic-core==2.33.2) that is not met is an error: its project says that nothing else works,
// and some check that themselves when they are imported. A range is a warning: upper bounds are often mere
// caution. What is missing altogether is a note, since a package may be made to do without. Where a marker or
// a version can't be told, nothing is said.
#include <algorithm>
#include <map>
#include <set>

#include "languages/python/checks.h"
#include "python/distribution_name.h"
#include "python/requirement.h"
#include "util/ascii.h"
#include "util/format.h"
#include "util/header_lines.h"
#include "util/path.h"

namespace slim::check {
namespace {

using python::Requirement;
using python::Truth;

struct Installed {
  const Distribution* distribution = nullptr;
  std::size_t part = 0;
  std::size_t rank = 0;  // of its folder on sys.path: what comes first is what is imported
  std::optional<Place> metadata;
};

// The folders of sys.path, in its order on Lambda.
std::vector<std::string> search_path(const LanguageVersion& python) {
  return {"/var/task/", format("/opt/python/lib/python{}.{}/site-packages/", python.major, python.minor),
          "/opt/python/"};
}

std::string lowered_alone(std::string_view name) {  // "Foo_bar.py" -> "foobar"
  std::string out;
  for (const char c : name.substr(0, name.find('.'))) {
    if (c != '-' && c != '_') out += lower_case(c);
  }
  return out;
}

class RequirementCheck {
 public:
  RequirementCheck(Deployment& deployment, const LanguageVersion& python)
      : deployment_(deployment), python_(python), folders_(search_path(python)) {}

  void run() {
    find_installed();
    if (installed_.empty()) return;
    read_requirements();
    for (const auto& [name, list] : installed_) {
      for (const Installed& one : list) check_one(name, one);
    }
  }

 private:
  void find_installed();
  void read_requirements();
  void check_one(const std::string& name, const Installed& one);
  void check_python(const Installed& one, std::string_view metadata);
  void check_requirement(const Installed& one, const Requirement& requirement);
  void report_missing(const Installed& one, const Requirement& requirement);
  bool holds(const std::string& name, const Requirement& requirement) const;
  Truth marker(const std::string& text, const std::string& extra) const;
  bool is_provided(const std::string& name) const;

  std::string metadata_of(const Installed& one) const {
    if (!one.metadata) return {};
    const Result<Bytes> bytes = deployment_.parts()[one.metadata->part].package->load(one.metadata->index);
    return bytes ? std::string(as_text(*bytes)) : std::string();
  }
  Place place_of(const Installed& one) const { return one.metadata.value_or(Place()); }
  std::string text_of(const Distribution& distribution) const {
    return printable(distribution.name + " " + distribution.version);
  }
  // The part that it is in, where there are several.
  std::string where(const Installed& one) const {
    return format("/{}", deployment_.parts()[one.part].mount.substr(1) + "/" + one.distribution->info_dir);
  }

  Deployment& deployment_;
  const LanguageVersion python_;
  const std::vector<std::string> folders_;
  std::map<std::string, std::vector<Installed>> installed_;  // by name; those that come first on sys.path
  std::map<std::string, std::vector<Requirement>> requirements_;
  std::map<std::string, std::set<std::string>> extras_;  // that others ask for
  std::set<std::string> modules_;
  std::set<std::string> missing_;  // that have been told of
};

void RequirementCheck::find_installed() {
  for (std::size_t part = 0; part < deployment_.parts().size(); ++part) {
    const Part& from = deployment_.parts()[part];
    for (const Distribution& distribution : from.inspection->distributions) {
      const std::string path = from.mount + "/" + distribution.info_dir;
      const auto folder = std::ranges::find(folders_, folder_of(path));
      if (folder == folders_.end()) continue;
      Installed one{&distribution, part, static_cast<std::size_t>(folder - folders_.begin()), std::nullopt};
      for (const char* file : {"/METADATA", "/PKG-INFO", ""}) {
        if (!one.metadata) one.metadata = deployment_.find(path + file);
      }
      auto& list = installed_[python::normalized_distribution_name(distribution.name)];
      if (!list.empty() && list.front().rank < one.rank) continue;
      if (!list.empty() && list.front().rank > one.rank) list.clear();
      list.push_back(one);
    }
  }
  if (installed_.empty()) return;
  for (const Place place : deployment_.files()) {
    const std::string path = deployment_.absolute(place);
    for (const std::string& folder : folders_) {
      if (!path.starts_with(folder)) continue;
      const std::string_view rest = std::string_view(path).substr(folder.size());
      modules_.insert(lowered_alone(rest.substr(0, rest.find('/'))));
    }
  }
}

void RequirementCheck::read_requirements() {
  for (const auto& [name, list] : installed_) {
    for (const std::string& line : header_values(metadata_of(list.front()), "Requires-Dist: ")) {
      auto requirement = python::parse_requirement(line);
      if (requirement && requirement->url.empty()) requirements_[name].push_back(std::move(*requirement));
    }
  }
  for (const auto& [name, list] : requirements_) {
    for (const Requirement& requirement : list) {
      if (requirement.extras.empty() || !holds(name, requirement)) continue;
      extras_[python::normalized_distribution_name(requirement.name)].insert(requirement.extras.begin(),
                                                                             requirement.extras.end());
    }
  }
}

// Which patch release the runtime has is not known, so that the answer must be the same for the first and the
// last.
Truth RequirementCheck::marker(const std::string& text, const std::string& extra) const {
  if (text.empty()) return Truth::yes;
  python::MarkerEnvironment environment = {{"os_name", "posix"},
                                           {"sys_platform", "linux"},
                                           {"platform_system", "Linux"},
                                           {"platform_python_implementation", "CPython"},
                                           {"implementation_name", "cpython"},
                                           {"extra", extra},
                                           {"python_version", format("{}.{}", python_.major, python_.minor)}};
  if (const auto arch = deployment_.target().arch)
    environment["platform_machine"] = *arch == Arch::arm64 ? "aarch64" : "x86_64";
  environment["python_full_version"] = format("{}.{}.0", python_.major, python_.minor);
  const Truth of_first = python::evaluate_marker(text, environment);
  environment["python_full_version"] = format("{}.{}.999", python_.major, python_.minor);
  return of_first == python::evaluate_marker(text, environment) ? of_first : Truth::unknown;
}

bool RequirementCheck::holds(const std::string& name, const Requirement& requirement) const {
  if (marker(requirement.marker, "") == Truth::yes) return true;
  const auto asked = extras_.find(name);
  return asked != extras_.end() && std::ranges::any_of(asked->second, [&](const std::string& extra) {
           return marker(requirement.marker, extra) == Truth::yes;
         });
}

void RequirementCheck::check_one(const std::string& name, const Installed& one) {
  if (!one.metadata) return;
  check_python(one, metadata_of(one));
  const auto found = requirements_.find(name);
  if (found == requirements_.end() || installed_.at(name).size() > 1)
    return;  // of two it isn't known which counts
  for (const Requirement& requirement : found->second) {
    if (holds(name, requirement)) check_requirement(one, requirement);
  }
}

void RequirementCheck::check_python(const Installed& one, std::string_view metadata) {
  for (const std::string& stated : header_values(metadata, "Requires-Python: ")) {
    const auto specifiers = python::parse_specifiers(stated);
    if (!specifiers) continue;
    const bool refused = std::ranges::any_of(*specifiers, [&](const python::Specifier& specifier) {
      return accepts(specifier, format("{}.{}.0", python_.major, python_.minor)) == Truth::no &&
             accepts(specifier, format("{}.{}.999", python_.major, python_.minor)) == Truth::no;
    });
    if (!refused) continue;
    deployment_.report(
        Severity::warning, "python-not-supported", place_of(one),
        format("{} is made for Python {}, and the function runs on {}.{}: install it with pip install "
               "--python-version {}.{}, or use another runtime",
               text_of(*one.distribution), printable(stated), python_.major, python_.minor, python_.major,
               python_.minor));
  }
}

void RequirementCheck::check_requirement(const Installed& one, const Requirement& requirement) {
  const auto found = installed_.find(python::normalized_distribution_name(requirement.name));
  if (found == installed_.end()) return report_missing(one, requirement);
  const python::Specifier* refusing = nullptr;
  for (const Installed& present : found->second) {  // of several versions one that fits is enough
    const python::Specifier* clause = python::refusing(requirement, present.distribution->version);
    if (clause == nullptr) return;
    refusing = clause;
  }
  if (refusing == nullptr) return;
  const Installed& present = found->second.front();
  deployment_.report(
      refusing->is_pin() ? Severity::error : Severity::warning, "version-conflict", place_of(one),
      format("{} requires {} {}, and {} is there, in {}: install both in one step, or take one of them "
             "from where the other is",
             text_of(*one.distribution), printable(requirement.name),
             printable(python::text_of(requirement.specifiers)), text_of(*present.distribution),
             printable(where(present))));
}

// Whether the runtime brings it, or a module of that name is there, whose metadata somebody took away.
bool RequirementCheck::is_provided(const std::string& name) const {
  if (name == "pip" || name == "setuptools" || name == "wheel") return true;  // needed for installing only
  const std::string plain = lowered_alone(name);
  const std::string without_word = plain.starts_with("python") ? plain.substr(6) : plain;
  if (modules_.contains(plain) || modules_.contains(without_word)) return true;
  if (plain.starts_with("py") && modules_.contains(plain.substr(2))) return true;
  const Runtime* runtime = deployment_.target().runtime;
  return runtime == nullptr || std::ranges::any_of(runtime->brings, [&](const std::string& brought) {
           return lowered_alone(brought) == plain || lowered_alone(brought) == without_word;
         });
}

void RequirementCheck::report_missing(const Installed& one, const Requirement& requirement) {
  const std::string name = python::normalized_distribution_name(requirement.name);
  if (is_provided(name) || !missing_.insert(name).second) return;
  deployment_.report(
      Severity::note, "missing-distribution", place_of(one),
      format("{} requires {}, which is in no part of the deployment: install it, or name the layer "
             "that has it",
             text_of(*one.distribution), printable(requirement.name)));
}

}  // namespace

void check_requirements(Deployment& deployment) {
  const LanguageVersion* python = deployment.target().version_of(Language::python);
  if (!python || std::ranges::any_of(deployment.parts(), is_of_image)) return;
  RequirementCheck(deployment, *python).run();
}

}  // namespace slim::check
