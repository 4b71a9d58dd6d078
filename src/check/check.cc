#include "check/check.h"

#include <optional>

#include "util/format.h"

namespace slim {
namespace {

std::optional<Arch> arch_of(const FileFacts& facts) {
  if (!facts.elf || !facts.elf->is_64) return std::nullopt;
  if (facts.elf->machine == elf::Machine::x86_64) return Arch::x86_64;
  if (facts.elf->machine == elf::Machine::aarch64) return Arch::arm64;
  return std::nullopt;
}

// Object files, core dumps and kernel modules are nobody's to load: they say nothing about the package.
bool is_loadable(const elf::Facts& facts) { return facts.type == 2 || facts.type == 3; }

std::optional<Finding> check_machine(const Entry& entry, const FileFacts& facts, const Inspection& inspection,
                                     const Options& options) {
  if (!facts.elf || !inspection.arch || !is_loadable(*facts.elf)) return std::nullopt;
  if (arch_of(facts) == inspection.arch) return std::nullopt;
  return Finding{
      options.arch ? Severity::error : Severity::warning, "wrong-architecture", entry.path,
      format("is built for {} and cannot load on {}: install its package for {}",
             elf::machine_name(*facts.elf), arch_name(*inspection.arch), arch_name(*inspection.arch))};
}

std::optional<Finding> check_system(const Entry& entry, const FileFacts& facts) {
  const bool mac = facts.kind == FileKind::mach_o;
  if (!mac && facts.kind != FileKind::pe) return std::nullopt;
  // Windows launchers (pip's t64.exe and their like) are data of packages that run everywhere.
  if (!mac && entry.path.ends_with(".exe")) return std::nullopt;
  return Finding{Severity::warning, "foreign-system", entry.path,
                 format("is a {} binary and cannot load on Lambda's Linux: install its package for Linux",
                        mac ? "macOS" : "Windows")};
}

}  // namespace

std::vector<Finding> check_package(const Package& package, const Inspection& inspection, const Plan& plan,
                                   const Options& options) {
  std::vector<Finding> findings;
  const auto add = [&](std::optional<Finding> finding) {
    if (finding) findings.push_back(std::move(*finding));
  };
  for (std::size_t i = 0; i < package.entries.size(); ++i) {
    if (plan.actions[i].verb == Verb::drop) continue;
    add(check_machine(package.entries[i], inspection.files[i], inspection, options));
    add(check_system(package.entries[i], inspection.files[i]));
  }
  return findings;
}

}  // namespace slim
