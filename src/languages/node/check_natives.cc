// Native parts of npm packages. Since npm's optionalDependencies with os, cpu and libc, packages such as
// sharp, esbuild and @swc/core have one package for each platform, "@img/sharp-linux-x64": installed on a
// Mac, the one for Lambda is missing and the package throws at import. node-gyp-build's prebuilds/ folders
// fail the same way.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "languages/node/checks.h"
#include "util/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

constexpr std::array<std::string_view, 7> kSystems = {"linux",   "linuxmusl", "darwin", "win32",
                                                      "freebsd", "android",   "alpine"};
constexpr std::array<std::string_view, 8> kCpus = {"x64",   "arm64", "ia32",    "arm",
                                                   "s390x", "ppc64", "ppc64le", "riscv64"};

struct Platform {
  std::string stem;  // "@img/sharp"
  bool native = false;
  std::string name;  // "darwin-arm64"
};

// "sharp-linux-x64", "core-linux-x64-gnu" -> what it is for; nothing when the name ends in no platform.
std::optional<Platform> platform_of(const std::string& name, Arch arch) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('-', begin), name.size());
    words.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (std::ranges::find(kSystems, words[i]) == kSystems.end()) continue;
    if (std::ranges::find(kCpus, words[i + 1]) == kCpus.end()) continue;
    Platform platform;
    for (std::size_t k = 0; k < i; ++k) platform.stem += (k == 0 ? "" : "-") + words[k];
    for (std::size_t k = i; k < words.size(); ++k) platform.name += (k == i ? "" : "-") + words[k];
    const bool musl = words[i] == "linuxmusl" || words.back() == "musl";
    platform.native = words[i] == "linux" && !musl && words[i + 1] == (arch == Arch::arm64 ? "arm64" : "x64");
    return platform;
  }
  return std::nullopt;
}

struct Group {
  bool native = false;
  std::set<std::string> platforms;
  Place first;
};

// The folder's own name and what lies before it: packages by node_modules/, builds by prebuilds/.
std::optional<std::pair<std::string, std::string>> place_and_name(const std::string& path) {
  for (const std::string_view marker : {"/prebuilds/", "node_modules/"}) {
    const std::size_t at = path.rfind(marker);
    if (at == std::string::npos) continue;
    std::size_t begin = at + marker.size();
    if (marker == "node_modules/" && path.compare(begin, 1, "@") == 0) {
      const std::size_t slash = path.find('/', begin);
      if (slash == std::string::npos) return std::nullopt;
      begin = slash + 1;
    }
    const std::size_t end = path.find('/', begin);
    if (end == std::string::npos) return std::nullopt;
    return std::pair(path.substr(0, begin), path.substr(begin, end - begin));
  }
  return std::nullopt;
}

}  // namespace

void check_node_natives(Deployment& deployment) {
  const auto arch = deployment.target().arch;
  // Without a known architecture the package has no native file that says anything: x86_64 is Lambda's
  // default.
  const Arch wanted = arch.value_or(Arch::x86_64);
  std::map<std::string, Group> groups;
  for (const Place place : deployment.files()) {
    const auto found = place_and_name(deployment.absolute(place));
    if (!found) continue;
    const auto platform = platform_of(found->second, wanted);
    if (!platform) continue;
    Group& group = groups[found->first + platform->stem];
    group.native |= platform->native;
    if (group.platforms.empty()) group.first = place;
    group.platforms.insert(platform->name);
  }
  for (const auto& [stem, group] : groups) {
    if (group.native) continue;
    std::string platforms;
    for (const std::string& name : group.platforms) platforms += (platforms.empty() ? "" : ", ") + name;
    const char* cpu = wanted == Arch::arm64 ? "arm64" : "x64";
    deployment.report(
        Severity::warning, "node-native-missing", group.first,
        format("is for {} only, and nothing of it is for linux-{}: install with npm ci --os=linux "
               "--cpu={} --libc=glibc",
               printable(platforms), cpu, cpu));
  }
}

}  // namespace slim::check
