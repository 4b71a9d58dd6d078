// The way to the other architecture: which files are native, whose they are, and the command that installs
// the other build of the very versions that the package has.
#include "check/check.h"
#include "model/deployed_files.h"
#include "util/format.h"

namespace slim {
namespace {

const Distribution* distribution_named(const Inspection& inspection, const std::string& name) {
  for (const Distribution& distribution : inspection.distributions) {
    if (distribution.name == name) return &distribution;
  }
  return nullptr;
}

std::string pip_command(const Distribution& distribution, const Target& target, Arch arch) {
  const char* machine = arch == Arch::arm64 ? "aarch64" : "x86_64";
  std::string command = "pip install --target DIR --upgrade --only-binary=:all: --implementation cp";
  if (target.python) command += format(" --python-version {}.{}", target.python->major, target.python->minor);
  const std::vector<std::string> oldest = {"manylinux2014"};
  for (const std::string& tag : target.runtime != nullptr ? target.runtime->system.wheels : oldest)
    command += format(" --platform {}_{}", tag, machine);
  return command + format(" '{}=={}'", printable(distribution.name), printable(distribution.version));
}

std::string remedy(const Distribution* distribution, const Part& part, const Target& target, Arch arch) {
  if (distribution != nullptr) {
    return format(
        "look for a wheel whose name ends in {}.whl on https://pypi.org/project/{}/{}/#files, and get it by "
        "{}",
        arch == Arch::arm64 ? "aarch64" : "x86_64", printable(distribution->name),
        printable(distribution->version), pip_command(*distribution, target, arch));
  }
  if (part.inspection->language == Language::node)
    return format("npm ci --os=linux --cpu={} --libc=glibc", arch == Arch::arm64 ? "arm64" : "x64");
  return format("build it for {}", arch_name(arch));
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
    const Distribution* distribution = distribution_named(*part.inspection, owner);
    deployment.report(
        Severity::error, "not-ready", place,
        format("belongs to {}{} and is built for {}, not for {}: {}", printable(owner),
               distribution != nullptr ? " " + printable(distribution->version) : "", elf::machine_name(*elf),
               arch_name(arch), remedy(distribution, part, target, arch)));
  }
  return deployment.take_findings();
}

}  // namespace slim
