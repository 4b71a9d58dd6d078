// Is the runtime that the user named of the package's language?
//
// Said only where it is plain: no file of the deployment is one that the runtime could start from, and some
// are of another language. A folder of node_modules is Node.js's whatever it holds (node-gyp brings Python),
// and what lies in a Python package is Python's (swagger's JavaScript). The runtimes provided* start any
// program, and of a container image the other layers are not there.
#include <algorithm>
#include <array>
#include <set>

#include "check/checks.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

struct Evidence {
  Language language;
  std::string_view name;                       // as its people write it
  std::array<std::string_view, 4> plain;       // suffixes that show the language
  std::array<std::string_view, 2> may_be_too;  // and those that could
};
constexpr std::array<Evidence, 6> kEvidence = {{
    {Language::python, "Python", {".py", ".pyc"}, {".so", ".pyz"}},
    {Language::node, "Node.js", {".js", ".mjs", ".cjs", ".node"}, {}},
    {Language::java, "Java", {".class", ".jar"}, {".war"}},
    {Language::dotnet, ".NET", {".deps.json", ".dll"}, {".runtimeconfig.json"}},
    {Language::ruby, "Ruby", {".rb"}, {".ru"}},
    {Language::native, "a compiled program", {}, {}},
}};

const Evidence& evidence_for(Language language) {
  return *std::ranges::find(kEvidence, language, &Evidence::language);
}

bool ends_in_any(std::string_view path, std::span<const std::string_view> suffixes) {
  return std::ranges::any_of(
      suffixes, [&](std::string_view suffix) { return !suffix.empty() && path.ends_with(suffix); });
}

class Files {
 public:
  explicit Files(const Deployment& deployment) : deployment_(deployment) {
    for (const Place place : deployment.files()) {
      const std::string path = deployment.absolute(place);
      if (base_name(path).starts_with("__init__.")) python_packages_.insert(std::string(parent_of(path)));
    }
    for (const Part& part : deployment.parts()) python_packages_.erase(part.mount);
  }

  // The file nearest to the root that is plainly of that language.
  std::optional<Place> plain(const Evidence& evidence) const {
    std::optional<Place> best;
    std::ptrdiff_t least = 0;
    for (const Place place : deployment_.files()) {
      if (!may_be_of(place, evidence.language) || !ends_in_any(path_of(place), evidence.plain)) continue;
      const std::ptrdiff_t depth = std::ranges::count(path_of(place), '/');
      if (best && depth >= least) continue;
      best = place;
      least = depth;
    }
    return best;
  }

  // Could a runtime of that language find something to start?
  bool any_for(const Evidence& evidence) const {
    return std::ranges::any_of(deployment_.files(), [&](Place place) {
      if (evidence.language == Language::native) return deployment_.facts(place).elf.has_value();
      return may_be_of(place, evidence.language) && (ends_in_any(path_of(place), evidence.plain) ||
                                                     ends_in_any(path_of(place), evidence.may_be_too));
    });
  }

 private:
  const std::string& path_of(Place place) const { return deployment_.entry(place).path; }

  bool may_be_of(Place place, Language language) const {
    const std::string path = deployment_.absolute(place);
    if (path.find("/node_modules/") != std::string::npos) return language == Language::node;
    return language == Language::python || !is_in_python_package(path);
  }

  bool is_in_python_package(std::string_view path) const {
    for (std::string_view folder = parent_of(path); !folder.empty(); folder = parent_of(folder)) {
      if (python_packages_.contains(folder)) return true;
    }
    return path.find("/site-packages/") != std::string_view::npos;
  }

  const Deployment& deployment_;
  std::set<std::string, std::less<>> python_packages_;
};

// "python3.12" where the files tell, else the newest of the language.
std::string fitting_runtime(const Deployment& deployment, Language language) {
  for (const Part& part : deployment.parts()) {
    if (language != Language::python || !part.inspection->python) continue;
    const Runtime* told = runtime_table().find(
        format("python{}.{}", part.inspection->python->major, part.inspection->python->minor));
    if (told != nullptr) return told->id;
  }
  const Runtime* newest = runtime_table().newest_of(language);
  return newest == nullptr ? "provided.al2023" : newest->id;
}

}  // namespace

void check_language(Deployment& deployment) {
  const Target& target = deployment.target();
  const Runtime* runtime = target.runtime;
  if (!target.runtime_named || runtime == nullptr || runtime->language == Language::none) return;
  if (runtime->id.starts_with("provided") || std::ranges::any_of(deployment.parts(), is_of_image)) return;
  const Files files(deployment);
  const Evidence& wanted = evidence_for(runtime->language);
  if (files.any_for(wanted)) return;
  for (const Evidence& other : kEvidence) {
    const std::optional<Place> found = files.plain(other);
    if (!found) continue;
    deployment.report_part(
        Severity::error, "wrong-language", 0,
        format(
            "the runtime {} is for {}, and no file of the package is; {} is {}: name the runtime that it is "
            "deployed with, such as {}",
            runtime->id, wanted.name == "a compiled program" ? "compiled programs" : wanted.name,
            printable(deployment.entry(*found).path), other.name,
            fitting_runtime(deployment, other.language)));
    return;
  }
}

}  // namespace slim::check
