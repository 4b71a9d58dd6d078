// The way to the other architecture: which files are native, whose they are, and the command that installs
// the other build of the very versions that the package has.
#include "check/check.h"
#include "languages/language.h"
#include "model/deployed_files.h"
#include "util/format.h"

namespace slim {
namespace {

std::string remedy(const std::string& owner, const Part& part, const Target& target, Arch arch) {
  for (const LanguageRoom* room : languages_by_rank()) {
    if (room->build_for_arch == nullptr) continue;
    if (auto how = room->build_for_arch(owner, *part.inspection, target, arch)) return *how;
  }
  return format("build it for {}", arch_name(arch));
}

// " 2.2.6", with a blank, where the owner states a version.
std::string version_of(const std::string& owner, const Inspection& inspection) {
  const Distribution* distribution = inspection.distribution_named(owner);
  return distribution == nullptr ? "" : " " + printable(distribution->version);
}

}  // namespace

ArchVerdict arch_verdict(const Part& part) {
  ArchVerdict verdict;
  for (std::size_t i = 0; i < part.package->entries.size(); ++i) {
    const FileFacts& facts = part.inspection->files[i];
    if (check::loadable(facts) == nullptr || part.plan->actions[i].verb == Verb::drop) continue;
    const auto arch = check::arch_of(facts);
    ++(arch == Arch::x86_64 ? verdict.x86_64 : arch == Arch::arm64 ? verdict.arm64 : verdict.other);
  }
  return verdict;
}

std::vector<std::vector<Finding>> check_ready_for(std::span<const Part> parts, const Target& target,
                                                  Arch arch) {
  Target wanted = target;
  wanted.arch = arch;
  check::Deployment deployment(parts, wanted);
  const check::PlatformTwins twins(deployment);
  for (const check::Place place : deployment.files()) {
    const FileFacts& facts = deployment.facts(place);
    const elf::Facts* elf = check::loadable(facts);
    if (elf == nullptr || check::arch_of(facts) == arch || twins.has_native_twin(place)) continue;
    const Part& part = parts[place.part];
    const std::string& owner = deployment.owner(place);
    deployment.report(Severity::error, "not-ready", place,
                      format("belongs to {}{} and is built for {}, not for {}: {}", printable(owner),
                             version_of(owner, *part.inspection), elf::machine_name(*elf), arch_name(arch),
                             remedy(owner, part, target, arch)));
  }
  return deployment.take_findings();
}

}  // namespace slim
