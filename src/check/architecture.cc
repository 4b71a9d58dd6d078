// Files that another machine or another system would have to load.
#include <algorithm>

#include "check/checks.h"
#include "languages/language.h"
#include "util/format.h"

namespace slim::check {
namespace {

void check_machine(Deployment& deployment, Place place, const PlatformTwins& twins) {
  const FileFacts& facts = deployment.facts(place);
  const elf::Facts* elf = loadable(facts);
  const Target& target = deployment.target();
  if (!target.arch || elf == nullptr || arch_of(facts) == target.arch || twins.has_native_twin(place)) return;
  deployment.report(target.arch_named ? Severity::error : Severity::warning, "wrong-architecture", place,
                    format("is built for {} and cannot load on {}: install its package for {}",
                           elf::machine_name(*elf), arch_name(*target.arch), arch_name(*target.arch)));
}

bool is_extension_module(const std::string& path) {
  return std::ranges::any_of(languages(), [&](const LanguageRoom* room) {
    return room->is_extension_module != nullptr && room->is_extension_module(path);
  });
}

void check_system(Deployment& deployment, Place place, const PlatformTwins& twins) {
  const FileFacts& facts = deployment.facts(place);
  const std::string& path = deployment.entry(place).path;
  const bool mac = facts.kind == FileKind::mach_o;
  if (!mac && facts.kind != FileKind::pe) return;
  // Windows launchers (pip's t64.exe and their like) are data of packages that run everywhere.
  if (!mac && path.ends_with(".exe")) return;
  if (twins.has_native_twin(place)) return;
  const Severity severity = is_extension_module(path) ? Severity::error : Severity::warning;
  deployment.report(severity, "foreign-system", place,
                    format("is a {} binary and cannot load on Lambda's Linux: install its package for Linux",
                           mac ? "macOS" : "Windows"));
}

}  // namespace

void check_architecture(Deployment& deployment) {
  const PlatformTwins twins(deployment);
  for (const Place place : deployment.files()) {
    check_machine(deployment, place, twins);
    check_system(deployment, place, twins);
    if (!deployment.facts(place).elf_error.empty()) {
      deployment.report(Severity::warning, "damaged-elf", place,
                        format("starts as an ELF file, but cannot be read as one ({}): build it again",
                               printable(deployment.facts(place).elf_error)));
    }
  }
}

// What the kernel's and glibc's loaders refuse before they look at any symbol.
void check_segments(Deployment& deployment) {
  for (const Place place : deployment.files()) {
    const FileFacts& facts = deployment.facts(place);
    const elf::Facts* elf = loadable(facts);
    if (elf == nullptr || arch_of(facts) != deployment.target().arch) continue;
    if (!facts.load_fault.empty()) {
      deployment.report(
          Severity::error, "misaligned-segment", place,
          format("cannot be loaded: {}; a tool such as strip has damaged it: take the original file",
                 facts.load_fault));
    }
    if (elf->text_relocations) {
      deployment.report(
          Severity::note, "text-relocations", place,
          "has relocations in its code, which is then private to each process: build it with -fPIC");
    }
    if (elf->executable_stack) {
      deployment.report(
          Severity::note, "executable-stack", place,
          "asks for an executable stack, which glibc 2.41 and later refuse: link it with -z noexecstack");
    }
  }
}

}  // namespace slim::check
