// What Python would not find, or would find in the wrong place.
//
// importlib tries, for `import x.y`, in each folder of x.__path__: the package y/__init__.py, then y.SUFFIX
// for the suffixes of _imp.extension_suffixes() (".cpython-312-x86_64-linux-gnu.so", ".abi3.so", ".so";
// since 3.15 also ".abi3t.so" of PEP 803, and both with a platform, ".abi3-x86_64-linux-gnu.so"), then y.py,
// then y.pyc. On Lambda sys.path starts with /var/task, so a module at the root of a function hides the
// standard library's; layers come after it.
#include <algorithm>
#include <map>
#include <set>

#include "languages/python/checks.h"
#include "languages/python/python_facts.h"
#include "languages/python/python_table.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

// "x/_core.cpython-311-x86_64-linux-gnu.so" -> {"x/_core", "cpython-311-x86_64-linux-gnu"}; an empty tag when
// the name has none.
std::pair<std::string, std::string> stem_and_tag(const std::string& path) {
  if (!path.ends_with(".so")) return {};
  const std::string base(base_name(path.substr(0, path.size() - 3)));
  const std::size_t dot = base.find('.');
  const std::string folder(folder_of(path));
  if (dot == std::string::npos) return {folder + base, ""};
  return {folder + base.substr(0, dot), base.substr(dot + 1)};
}

// "abi3", "abi3t", "abi3-x86_64-linux-gnu"
bool is_stable_tag(const std::string& tag) {
  const std::string abi = tag.substr(0, tag.find('-'));
  return abi == "abi3" || abi == "abi3t";
}

bool is_python_tag(const std::string& tag) {
  return tag.starts_with("cpython-") || tag.starts_with("pypy") || tag.starts_with("graalpy") ||
         is_stable_tag(tag);
}

bool tag_loads(const std::string& tag, const LanguageVersion& python, Arch arch) {
  if (tag.empty() || tag == "abi3") return true;
  const std::string platform = format("{}-linux-gnu", arch == Arch::arm64 ? "aarch64" : "x86_64");
  if (is_stable_tag(tag)) return python.minor >= 15 && (tag == "abi3t" || tag.ends_with("-" + platform));
  const std::string abi = format("cpython-{}{}", python.major, python.minor);
  return tag == format("{}-{}", abi, platform) || tag == abi ||
         (python.minor < 8 && tag.starts_with(abi + "m"));
}

void check_extensions(Deployment& deployment, const LanguageVersion& python) {
  const Arch arch = deployment.target().arch.value_or(Arch::x86_64);
  std::map<std::string, std::vector<Place>> refused;  // by module
  std::set<std::string> loadable;
  for (const Place place : deployment.files()) {
    if (!deployment.facts(place).elf) continue;
    const auto [stem, tag] = stem_and_tag(deployment.absolute(place));
    if (stem.empty()) continue;
    if (tag_loads(tag, python, arch)) {
      loadable.insert(stem);
    } else if (is_python_tag(tag)) {
      refused[stem].push_back(place);
    }
  }
  for (const auto& [stem, places] : refused) {
    if (loadable.contains(stem)) continue;
    if (deployment.has(stem + ".py") || deployment.has(stem + "/__init__.py")) continue;
    const Place place = places.front();
    // A file of another machine or of musl has its own finding, and only one.
    if (arch_of(deployment.facts(place)) != deployment.target().arch) continue;
    if (deployment.entry(place).path.find("-linux-musl") != std::string::npos) continue;
    const std::string owner = printable(deployment.owner(place));
    deployment.report(Severity::error, "python-extension-tag", place,
                      format("is for another Python ({}) and is never found by Python {}: install {} for it "
                             "(pip install --python-version {} --only-binary=:all: --target …)",
                             printable(stem_and_tag(deployment.entry(place).path).second),
                             version_text(python), owner, version_text(python)));
  }
}

void check_shadows(Deployment& deployment, const LanguageVersion& python) {
  for (const StandardModule& module : python_table().standard_library) {
    if (python.minor < module.since || python.minor > module.until) continue;
    for (const char* suffix : {".py", "/__init__.py", ".so", ".pyc"}) {
      const auto found = deployment.find("/var/task/" + module.name + suffix);
      if (!found) continue;
      deployment.report(
          Severity::warning, "shadows-standard-library", *found,
          format("hides Python's own module {}, as /var/task comes first on sys.path: rename it, or "
                 "uninstall the backport {}",
                 module.name, printable(deployment.owner(*found))));
      break;
    }
  }
}

// boto3 and botocore of the package with the runtime's urllib3, or the other way round: AWS names that mix as
// what breaks ("including boto3": package all of it or none).
void check_sdk(Deployment& deployment) {
  const auto has = [&](const std::string& name) -> std::optional<Place> {
    for (const Part& part : deployment.parts()) {
      for (const std::string& root : python_roots(*part.inspection)) {
        for (const std::string suffix : {"/__init__.py", ".py", "/__init__.pyc"}) {
          if (const auto found = deployment.find(part.mount + "/" + root + name + suffix)) return found;
        }
      }
    }
    return std::nullopt;
  };
  const auto botocore = has("botocore");
  if (!botocore || has("urllib3")) return;
  deployment.report(
      Severity::warning, "mixed-sdk", *botocore,
      "is packed without its urllib3, so that it runs with whichever urllib3 the runtime has today: pack "
      "urllib3 too, or leave all of boto3 to the runtime");
}

}  // namespace

void check_python(Deployment& deployment) {
  const LanguageVersion* python = deployment.target().version_of(Language::python);
  if (python == nullptr) return;
  check_extensions(deployment, *python);
  check_shadows(deployment, *python);
  check_startup_files(deployment);
  check_sdk(deployment);
}

}  // namespace slim::check
