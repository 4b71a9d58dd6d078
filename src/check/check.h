// What would fail at deploy or at the first invoke, in the files that the output holds.
#pragma once

#include <span>
#include <vector>

#include "model/deployment.h"
#include "model/options.h"

namespace slim {

// Where a package is unpacked: /var/task, or /opt if it is a layer, as its folders tell.
std::string mount_of(const Inspection& inspection);

// Where the parts are going, from the user's words or else from what the files show. Points into the table of
// runtimes, which lives as long as the program.
Target target_of(std::span<const Part> parts, const std::string& runtime, std::optional<Arch> arch);

// Findings of each part, in the order of paths; what concerns the whole is with the first.
std::vector<std::vector<Finding>> check_deployment(std::span<const Part> parts, const Target& target);

// The same for one package that slim has just planned, with the same severities. Which of them a run fails
// for is another question (fails_a_run in model/finding_kind.h).
std::vector<Finding> check_package(const Package& package, const Inspection& inspection, const Plan& plan,
                                   const Options& options);

// What the files of a part are built for.
ArchVerdict arch_verdict(const Part& part);

// What stands in the way of running on that architecture, one finding for each native file, with the command
// that gets the other build of the very version.
std::vector<std::vector<Finding>> check_ready_for(std::span<const Part> parts, const Target& target,
                                                  Arch arch);

}  // namespace slim
