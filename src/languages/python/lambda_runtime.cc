#include "languages/python/lambda_runtime.h"

#include <set>

#include "interpreter/interpreter.h"
#include "languages/python/importable_modules.h"
#include "languages/python/python_facts.h"
#include "languages/python/python_table.h"
#include "util/format.h"
#include "util/path.h"

namespace slim {
namespace {

using Folders = std::set<std::string, std::less<>>;

Folders python_packages(const check::Deployment& deployment) {
  Folders packages;
  for (const check::Place place : deployment.files()) {
    const std::string path = deployment.absolute(place);
    if (base_name(path).starts_with("__init__.")) packages.insert(std::string(parent_of(path)));
  }
  for (const Part& part : deployment.parts()) packages.erase(part.mount);
  return packages;
}

bool lies_in_one(const Folders& packages, std::string_view path) {
  for (std::string_view folder = parent_of(path); !folder.empty(); folder = parent_of(folder)) {
    if (packages.contains(folder)) return true;
  }
  return path.find("/site-packages/") != std::string_view::npos;
}

std::string pip_command(const Distribution& distribution, const Target& target, Arch arch) {
  const char* machine = arch == Arch::arm64 ? "aarch64" : "x86_64";
  std::string command = "pip install --target DIR --upgrade --only-binary=:all: --implementation cp";
  if (const LanguageVersion* python = target.version_of(Language::python))
    command += format(" --python-version {}", version_text(*python));
  const std::vector<std::string> oldest = {"manylinux2014"};
  for (const std::string& tag : target.runtime != nullptr ? target.runtime->system.wheels : oldest)
    command += format(" --platform {}_{}", tag, machine);
  return command + format(" '{}=={}'", printable(distribution.name), printable(distribution.version));
}

}  // namespace

std::string python_runtime_id(const LanguageVersion& version) {
  return format("python{}", version_text(version));
}

std::optional<UnsearchedFolder> find_folder_of_other_python(std::string_view path, const Target& target) {
  const LanguageVersion* python = target.version_of(Language::python);
  const std::optional<int> minor = number_behind("python/lib/python3.", path);
  if (python == nullptr || !minor || *minor == python->minor) return std::nullopt;
  return UnsearchedFolder{format("python/lib/python3.{}", *minor),
                          format("is in python/lib/python3.{}/, which Python {} does not search: use python/ "
                                 "or python/lib/python{}/site-packages/",
                                 *minor, version_text(*python), version_text(*python))};
}

OtherBuild python_build_for(const std::string& owner, const System& system, Arch arch) {
  const char* wheels = arch == Arch::arm64 ? "manylinux2014_aarch64" : "manylinux2014_x86_64";
  OtherBuild build{"", format("install {} with --platform {}", printable(owner), wheels)};
  for (const LastRelease& last : python_table().last_releases) {
    if (last.package != owner || version_less(last.glibc, system.glibc)) continue;
    build.release = format(" or {} {}", owner, last.version);
    break;
  }
  return build;
}

std::optional<std::string> python_build_for_arch(const std::string& owner, const Inspection& inspection,
                                                 const Target& target, Arch arch) {
  const Distribution* distribution = inspection.distribution_named(owner);
  if (distribution == nullptr) return std::nullopt;
  return format(
      "look for a wheel whose name ends in {}.whl on https://pypi.org/project/{}/{}/#files, and get it by {}",
      arch == Arch::arm64 ? "aarch64" : "x86_64", printable(distribution->name),
      printable(distribution->version), pip_command(*distribution, target, arch));
}

std::function<bool(std::string_view)> files_in_python_packages(const check::Deployment& deployment) {
  return
      [packages = python_packages(deployment)](std::string_view path) { return lies_in_one(packages, path); };
}

// "x.cpython-312-x86_64-linux-gnu.so", "x.abi3.so"
bool is_python_extension(std::string_view path) {
  const std::string_view name = base_name(path);
  return name.find(".cpython-") != std::string_view::npos || name.find(".abi3.") != std::string_view::npos;
}

// "x.cpython-312-darwin.so", "x.cp312-win_amd64.pyd"
bool is_import_only(std::string_view path) {
  return path.ends_with(".pyd") ||
         (path.ends_with(".so") && path.find(".cpython-") != std::string_view::npos);
}

// A package without Python needs no interpreter, unless the user names one.
Status set_up_python_commands(const Package& package, const Inspection& inspection,
                              const TrialOptions& options, CommandSetup& setup) {
  const std::optional<LanguageVersion>& version = python_version(inspection);
  if (!options.interpreter.empty() || inspection.language == Language::python || version) {
    TRY(const interpreter::Interpreter found,
        interpreter::find_interpreter(options.interpreter, version ? version->major : 0,
                                      version ? version->minor : 0));
    // As the import trial starts it: nothing of what the machine has installed for it.
    const std::vector<std::string> call = {interpreter::path_of(found), "-s", "-S"};
    for (const std::string& name : {std::string("python"), format("python{}", found.major),
                                    format("python{}.{}", found.major, found.minor)})
      setup.programs[name] = call;
  }
  setup.variables["PYTHONDONTWRITEBYTECODE"] = "1";  // the runtime's folder can't be written to
  for (std::string root : roots_in_use(package, inspection)) {
    while (root.ends_with('/')) root.pop_back();
    setup.search.push_back({"PYTHONPATH", root});
  }
  return {};
}

}  // namespace slim
