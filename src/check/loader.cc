// Would the loader find every library, in a version that is new enough?
//
// ld.so(8) looks for a DT_NEEDED name without a slash in this order: DT_RPATH of the object and of those that
// loaded it (only where the object has no DT_RUNPATH), LD_LIBRARY_PATH, DT_RUNPATH of the object, the cache,
// /lib64 and /usr/lib64. $ORIGIN is the folder of the object itself. A name that an object already loaded has
// as its soname is taken without a search, which is how packages that preload their libraries through ctypes
// work: what lies in the package under that name, but on no path, is therefore no fault that can be proven.
#include <algorithm>
#include <map>
#include <set>

#include "check/checks.h"
#include "languages/language.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

enum class Source { package, image, elsewhere_in_package, unknown };

struct Resolution {
  Source source = Source::unknown;
  std::optional<Place> place;
};

std::vector<std::string> folders_of(const std::string& list, const std::string& origin) {
  std::vector<std::string> folders;
  std::size_t begin = 0;
  while (begin <= list.size() && !list.empty()) {
    const std::size_t end = std::min(list.find(':', begin), list.size());
    std::string folder = list.substr(begin, end - begin);
    for (const std::string variable : {"${ORIGIN}", "$ORIGIN"}) {
      for (std::size_t at = folder.find(variable); at != std::string::npos; at = folder.find(variable)) {
        folder.replace(at, variable.size(), origin);
      }
    }
    if (folder.starts_with('/')) folders.push_back(normalised(folder));
    begin = end + 1;
  }
  return folders;
}

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::ranges::find(list, name) != list.end();
}

class Loader {
 public:
  Loader(Deployment& deployment, Arch arch) : deployment_(deployment), arch_(arch), twins_(deployment) {
    for (const Place place : deployment.files()) {
      if (const FileFacts& facts = deployment.facts(place); facts.elf && !facts.elf->soname.empty())
        sonames_[facts.elf->soname].push_back(place);
    }
  }

  void check(Place place) {
    const elf::Facts* elf = loadable(deployment_.facts(place));
    if (elf == nullptr || arch_of(deployment_.facts(place)) != arch_) return;
    if (check_musl(place, *elf)) return;
    check_interpreter(place, *elf);
    for (const std::string& name : elf->needed) check_needed(place, *elf, name);
    check_versions(place, *elf);
  }

 private:
  std::optional<Place> in_folders(const std::vector<std::string>& folders, const std::string& name) const {
    for (const std::string& folder : folders) {
      const auto found = deployment_.find(folder + "/" + name);
      if (found && arch_of(deployment_.facts(*found)) == deployment_.target().arch) return found;
    }
    return std::nullopt;
  }

  bool in_image(const std::string& name) const {
    const RuntimeTable& table = runtime_table();
    if (contains(table.image_libraries, name)) return true;
    const Runtime* runtime = deployment_.target().runtime;
    if (runtime == nullptr || !runtime->system.is_known())
      return contains(table.openssl1, name) || contains(table.openssl3, name);
    return contains(runtime->system.openssl == "3" ? table.openssl3 : table.openssl1, name);
  }

  Resolution resolve(Place place, const elf::Facts& elf, const std::string& name) const {
    if (name.find('/') != std::string::npos) return {Source::image, std::nullopt};
    const std::string origin(parent_of(deployment_.absolute(place)));
    if (elf.runpath.empty()) {
      if (const auto found = in_folders(folders_of(elf.rpath, origin), name)) return {Source::package, found};
    }
    for (const std::string& folder : runtime_table().search_path) {
      if (folder == "/lib64" && in_image(name)) return {Source::image, std::nullopt};
      if (const auto found = in_folders({folder}, name)) return {Source::package, found};
    }
    if (const auto found = in_folders(folders_of(elf.runpath, origin), name)) return {Source::package, found};
    if (!carriers(name).empty()) return {Source::elsewhere_in_package, std::nullopt};
    return {Source::unknown, std::nullopt};
  }

  // The files that are that library, wherever they lie.
  std::vector<Place> carriers(const std::string& name) const {
    std::vector<Place> places = deployment_.named(name);
    if (const auto found = sonames_.find(name); found != sonames_.end())
      places.insert(places.end(), found->second.begin(), found->second.end());
    return places;
  }

  // Within one package its own code may load it first, by its path. What lies in another, a layer or the
  // function, was most likely separated from it by mistake when the packages were made.
  void check_elsewhere(Place place, const std::string& name) {
    const std::vector<Place> places = carriers(name);
    if (std::ranges::any_of(places, [&](Place other) { return other.part == place.part; })) return;
    if (!reported_.insert({deployment_.owner(place), name}).second) return;
    std::string loaded_before = "and no other library of the deployment does";
    for (const Place other : deployment_.files()) {
      const elf::Facts* elf = loadable(deployment_.facts(other));
      if (elf == nullptr || other == place || !contains(elf->needed, name)) continue;
      if (resolve(other, *elf, name).source != Source::package) continue;
      loaded_before =
          format("and works only where {} is loaded before it", printable(deployment_.absolute(other)));
      break;
    }
    deployment_.report(
        Severity::warning, "library-off-path", place,
        format("needs {}, which lies at {} only, where no RPATH and no search path of this file leads, {}: "
               "put both "
               "into one package, or the library into lib/ of a layer",
               printable(name), printable(deployment_.absolute(places.front())), loaded_before));
  }

  bool check_musl(Place place, const elf::Facts& elf) {
    if (!is_for_musl(elf)) return false;
    if (twins_.has_native_twin(place)) return true;
    deployment_.report(Severity::error, "musl-build", place,
                       format("is built for musl (Alpine) and cannot load on Lambda's glibc: install {} with "
                              "--platform manylinux2014_{}, not musllinux",
                              printable(deployment_.owner(place)), machine_word()));
    return true;
  }

  const char* machine_word() const { return arch_ == Arch::arm64 ? "aarch64" : "x86_64"; }

  void check_interpreter(Place place, const elf::Facts& elf) {
    if (has_known_interpreter(elf, arch_) || deployment_.has(elf.interpreter)) return;
    if (twins_.has_native_twin(place)) return;
    deployment_.report(
        Severity::error, "missing-interpreter", place,
        format("asks for the loader {}, which Lambda does not have: link it against {} or statically",
               printable(elf.interpreter), loader_name(arch_)));
  }

  void check_needed(Place place, const elf::Facts& elf, const std::string& name) {
    const Resolution found = resolve(place, elf, name);
    if (found.source == Source::unknown) {
      const Runtime* runtime = deployment_.target().runtime;
      const bool certain = contains(runtime_table().missing_libraries, name) &&
                           (runtime == nullptr || runtime->system.is_known());
      if (!reported_.insert({deployment_.owner(place), name}).second) return;
      deployment_.report(
          certain ? Severity::error : Severity::warning, "missing-library", place,
          format("needs {}, which {}: put it into lib/ of the function or of a layer, or use a build "
                 "of {} that brings it",
                 printable(name),
                 certain ? "Lambda's images do not have"
                         : "is neither in the package nor known to be in Lambda's images",
                 printable(deployment_.owner(place))));
    }
    if (found.source == Source::elsewhere_in_package) check_elsewhere(place, name);
    if (found.source == Source::image) report_shadowed(name);
  }

  // A bundled copy in lib/ loses against the image's, because /lib64 comes first in LD_LIBRARY_PATH.
  void report_shadowed(const std::string& name) {
    for (const char* folder : {"/var/task/", "/var/task/lib/", "/opt/lib/"}) {
      const auto bundled = deployment_.find(folder + name);
      if (!bundled || !shadowed_.insert(folder + name).second) continue;
      deployment_.report(
          Severity::warning, "library-loses", *bundled,
          format("is bundled, but the runtime's own {} in /lib64 is found before it: give the files "
                 "that need this one an RPATH, or remove it",
                 printable(name)));
    }
  }

  void check_versions(Place place, const elf::Facts& elf);

  Deployment& deployment_;
  const Arch arch_;
  PlatformTwins twins_;
  std::map<std::string, std::vector<Place>> sonames_;
  std::set<std::pair<std::string, std::string>> reported_;
  std::set<std::string> shadowed_;
};

struct Offer {
  std::string_view prefix;
  const char* library;
  const std::string& has;
  const std::string& newest;
};

const Runtime& newest_runtime() {
  return *std::ranges::max_element(runtime_table().runtimes, [](const Runtime& a, const Runtime& b) {
    return version_less(a.system.glibc, b.system.glibc);
  });
}

OtherBuild build_for(const std::string& owner, const Runtime& runtime, Arch arch) {
  const LanguageRoom* room = room_of(runtime.language);
  if (room != nullptr && room->build_for != nullptr) return room->build_for(owner, runtime.system, arch);
  const System& system = runtime.system;
  return {"", format("build it on {} or against glibc {} or older", system.name, system.glibc)};
}

std::string newer_system(const std::string& version, const Runtime& runtime) {
  for (const Runtime& other : runtime_table().runtimes) {
    if (other.language != runtime.language || !version_less(runtime.system.glibc, other.system.glibc))
      continue;
    if (!version_less(other.system.glibc, version))
      return format("use {} (glibc {})", other.id, other.system.glibc);
  }
  return {};
}

void Loader::check_versions(Place place, const elf::Facts& elf) {
  const Target& target = deployment_.target();
  if (target.runtime != nullptr && !target.runtime->system.is_known()) return;
  const bool guess = target.runtime == nullptr;  // then only what no runtime at all offers is a fault
  const Runtime& runtime = guess ? newest_runtime() : *target.runtime;
  const System& system = runtime.system;
  const Offer offers[] = {{"GLIBC_", "glibc", system.glibc, system.glibc},
                          {"GLIBCXX_", "libstdc++", system.glibcxx, system.glibcxx_newest},
                          {"CXXABI_", "libstdc++", system.cxxabi, system.cxxabi_newest}};
  for (const Offer& offer : offers) {
    std::string highest;
    std::string library;
    for (const elf::VersionNeed& need : elf.version_needs) {
      if (!need.version.starts_with(offer.prefix)) continue;
      const std::string number = need.version.substr(offer.prefix.size());
      if (number.empty() || number[0] < '0' || number[0] > '9') continue;  // GLIBC_PRIVATE, GLIBC_ABI_DT_RELR
      if (!version_less(highest, number)) continue;
      if (resolve(place, elf, need.library).source != Source::image) continue;
      highest = number;
      library = need.library;
    }
    if (highest.empty() || !version_less(offer.has, highest)) continue;
    const bool by_date = !version_less(offer.newest, highest);
    if (by_date && guess) continue;
    const std::string& owner = deployment_.owner(place);
    if (by_date) {
      deployment_.report(
          Severity::warning, "libstdcxx-by-image-date", place,
          format("needs {}{} of {}: older images of {} have {}{} only, so that it depends on the "
                 "image's date whether it loads",
                 offer.prefix, highest, library, runtime.id, offer.prefix, offer.has));
      continue;
    }
    std::string remedy = newer_system(offer.prefix == "GLIBC_" ? highest : "999", runtime);
    const OtherBuild build = build_for(owner, runtime, arch_);
    remedy += remedy.empty() ? "" : build.release + ", or ";
    deployment_.report(
        Severity::error, offer.prefix == "GLIBC_" ? "glibc-too-old" : "libstdcxx-too-old", place,
        format("needs {}{} of {}, {} has {}{}: {}{}", offer.prefix, highest, library,
               guess                  ? "the newest of Lambda's systems"
               : target.runtime_named ? runtime.id
                                      : runtime.id + " (told by the files, as no --runtime is named)",
               offer.prefix, offer.newest, remedy, build.how));
  }
}

}  // namespace

void check_loader(Deployment& deployment) {
  const std::optional<Arch> arch = deployment.target().arch;
  if (!arch) return;
  // Of an image nothing is known but what its layers hold, unless the user says that it is one of Lambda's.
  if (deployment.target().runtime == nullptr && std::ranges::any_of(deployment.parts(), is_of_image)) return;
  Loader loader(deployment, *arch);
  for (const Place place : deployment.files()) loader.check(place);
}

}  // namespace slim::check
