#include "model/deployed_files.h"

#include <algorithm>
#include <array>

#include "elf/format.h"
#include "util/path.h"

namespace slim::check {
namespace {

constexpr int kMostLinks = 8;

// Words by which packages name platforms in paths, longest first so that "linuxmusl" is not read as "linux".
constexpr std::array<std::string_view, 35> kPlatformWords = {
    "manylinux2014", "linuxmusl", "musllinux",   "alpine",  "android", "freebsd", "windows",
    "aarch_64",      "aarch64",   "powerpc64le", "x86_64",  "x86-64",  "darwin",  "riscv64",
    "ppc64le",       "loong64",   "mips64el",    "openbsd", "win32",   "arm64",   "amd64",
    "s390x",         "linux",     "macos",       "armv7",   "armv6",   "i386",    "i686",
    "ia32",          "musl",      "glibc",       "osx",     "x64",     "x86",     "gnu"};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// "prebuilds/linux-arm64/x.node" -> "prebuilds/*-*/x.node"; runs of words become one star.
std::string without_platform(const std::string& path) {
  std::string out;
  for (std::size_t at = 0; at < path.size();) {
    const bool at_start = at == 0 || !is_word(path[at - 1]) || out.ends_with('*');
    const auto word = !at_start ? kPlatformWords.end()
                                : std::ranges::find_if(kPlatformWords, [&](std::string_view candidate) {
                                    return std::string_view(path).substr(at).starts_with(candidate);
                                  });
    if (word == kPlatformWords.end()) {
      out += path[at++];
      continue;
    }
    at += word->size();
    // "linux-x64-gnu" and "linux-arm64" are both one platform.
    if (out.size() >= 2 && (out.ends_with("*-") || out.ends_with("*_") || out.ends_with("*.")))
      out.pop_back();
    if (!out.ends_with('*')) out += '*';
  }
  return out;
}

}  // namespace

std::string normalised(const std::string& path) {
  std::vector<std::string_view> components;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    if (part == ".." && !components.empty()) {
      components.pop_back();
    } else if (!part.empty() && part != "." && part != "..") {
      components.push_back(part);
    }
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  std::string out;
  for (const std::string_view part : components) out.append("/").append(part);
  if (!path.starts_with('/') && !out.empty()) out.erase(0, 1);
  return out;
}

Deployment::Deployment(std::span<const Part> parts, const Target& target)
    : parts_(parts), target_(target), findings_(parts.size()) {
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const Package& package = *parts[part].package;
    for (std::size_t i = 0; i < package.entries.size(); ++i) {
      if (parts[part].plan->actions[i].verb == Verb::drop) continue;
      if (package.entries[i].type == EntryType::directory) continue;
      by_path_[parts[part].mount + "/" + package.entries[i].path] = {part, i};
    }
  }
  for (const auto& [path, place] : by_path_) {
    files_.push_back(place);
    by_name_[std::string(base_name(path))].push_back(place);
  }
  std::ranges::sort(files_);
}

std::optional<Place> Deployment::find(const std::string& absolute_path) const {
  std::string path = absolute_path;
  for (int links = 0; links < kMostLinks; ++links) {
    const auto found = by_path_.find(path);
    if (found == by_path_.end()) return std::nullopt;
    const Entry& at = entry(found->second);
    if (at.type != EntryType::symlink) return found->second;
    path = at.target.starts_with('/') ? at.target : normalised(std::string(folder_of(path)) + at.target);
  }
  return std::nullopt;
}

bool Deployment::has_path(const std::string& absolute_path) const {
  const std::string path = normalised(absolute_path);
  if (has(path)) return true;
  const std::string folder = path + "/";
  const auto found = by_path_.lower_bound(folder);
  return found != by_path_.end() && found->first.starts_with(folder);
}

const std::vector<Place>& Deployment::named(const std::string& name) const {
  static const std::vector<Place> none;
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? none : found->second;
}

void Deployment::report(Severity severity, const std::string& id, Place place, std::string message) {
  report_part(severity, id, place.part, std::move(message), entry(place).path);
}

void Deployment::report_part(Severity severity, const std::string& id, std::size_t part, std::string message,
                             std::string path) {
  findings_[part].push_back({severity, id, std::move(path), std::move(message)});
}

std::vector<std::vector<Finding>> Deployment::take_findings() {
  for (auto& list : findings_) {
    std::ranges::stable_sort(list, [](const Finding& a, const Finding& b) {
      return std::pair(std::string_view(a.path), b.severity) <
             std::pair(std::string_view(b.path), a.severity);
    });
  }
  return std::move(findings_);
}

bool is_of_image(const Part& part) { return part.inspection->shape == PackageShape::image_layer; }

const elf::Facts* loadable(const FileFacts& facts) {
  if (!facts.elf) return nullptr;
  const bool is_one = facts.elf->type == elf::type_executable || facts.elf->type == elf::type_shared;
  return is_one ? &*facts.elf : nullptr;
}

std::optional<Arch> arch_of(const FileFacts& facts) {
  if (!facts.elf || !facts.elf->is_64 || !facts.elf->little_endian) return std::nullopt;
  if (facts.elf->machine == elf::Machine::x86_64) return Arch::x86_64;
  if (facts.elf->machine == elf::Machine::aarch64) return Arch::arm64;
  return std::nullopt;
}

bool is_for_musl(const elf::Facts& elf) {
  return elf.interpreter.find("ld-musl") != std::string::npos ||
         std::ranges::any_of(elf.needed, [](const std::string& n) { return n.starts_with("libc.musl-"); });
}

const char* loader_name(Arch arch) {
  return arch == Arch::arm64 ? "ld-linux-aarch64.so.1" : "ld-linux-x86-64.so.2";
}

bool has_known_interpreter(const elf::Facts& elf, Arch arch) {
  if (elf.interpreter.empty()) return true;
  constexpr std::array<std::string_view, 4> folders = {"/lib", "/lib64", "/usr/lib", "/usr/lib64"};
  return base_name(elf.interpreter) == loader_name(arch) &&
         std::ranges::find(folders, parent_of(elf.interpreter)) != folders.end();
}

PlatformTwins::PlatformTwins(const Deployment& deployment) : deployment_(deployment) {
  for (const Place place : deployment.files()) {
    const elf::Facts* elf = loadable(deployment.facts(place));
    const auto arch = arch_of(deployment.facts(place));
    if (elf == nullptr || !arch || arch != deployment.target().arch) continue;
    if (is_for_musl(*elf) || !has_known_interpreter(*elf, *arch)) continue;
    native_.insert(without_platform(deployment.entry(place).path));
  }
}

bool PlatformTwins::has_native_twin(Place place) const {
  return native_.contains(without_platform(deployment_.entry(place).path));
}

}  // namespace slim::check
