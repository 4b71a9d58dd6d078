#include "trial/prover.h"

#include <string>

#include "trial/restore.h"
#include "trial/trial.h"
#include "util/format.h"

namespace slim {
namespace {

tl::unexpected<Error> nothing_left(const std::string& what, const std::string& why) {
  return fail(
      format("{} does not work any more ({}), and no rule is left that could be held back: leave out "
             "--drop, or the proof",
             printable(what), printable(why)));
}

}  // namespace

Result<Prover> Prover::begin(const Package& before, const Inspection& facts, const Options& options,
                             Progress& progress) {
  std::optional<CommandTrial> commands;
  if (!options.verify_commands.empty()) {
    TRY(CommandTrial trial, CommandTrial::begin(before, facts,
                                                {.commands = options.verify_commands,
                                                 .interpreter = options.python.interpreter,
                                                 .threads = options.threads,
                                                 .seconds = options.verify_seconds},
                                                progress));
    commands.emplace(std::move(trial));
  }
  return Prover(before, facts, options, std::move(commands));
}

Result<std::vector<Restored>> Prover::rules_to_hold_back(const Package& written, const Plan& plan,
                                                         const std::vector<Restored>& restored,
                                                         Progress& progress) {
  if (options_.verify) {
    TRY(std::vector<Restored> needed, try_imports(written, plan, restored, progress));
    if (!needed.empty()) return needed;
  }
  if (!commands_) return std::vector<Restored>();
  return try_commands(*commands_, written, plan, restored, progress);
}

Result<std::vector<Restored>> Prover::try_imports(const Package& written, const Plan& plan,
                                                  const std::vector<Restored>& restored, Progress& progress) {
  TRY(const Trial trial,
      try_against(before_, facts_, written, {options_.python.interpreter, options_.threads}, progress));
  proof_.has_imports = true;
  proof_.language = trial.language;
  proof_.version = trial.version;
  proof_.modules = trial.modules;
  proof_.imported = trial.worked;
  proof_.distributions = trial.distributions;
  if (trial.failures.empty()) return std::vector<Restored>();
  std::vector<Restored> needed = rules_to_restore(trial.failures, before_, facts_, plan, restored);
  if (!needed.empty()) return needed;
  return nothing_left(trial.failures.front().module, trial.failures.front().error);
}

Result<std::vector<Restored>> Prover::try_commands(CommandTrial& commands, const Package& written,
                                                   const Plan& plan, const std::vector<Restored>& restored,
                                                   Progress& progress) {
  TRY(const std::vector<Difference> differences, commands.run_on(written, written.path, progress));
  if (differences.empty()) return std::vector<Restored>();
  const Difference& first = differences.front();
  TRY(std::vector<Restored> needed, commands.needed_for(first, written, plan, restored, progress));
  if (!needed.empty()) return needed;
  return nothing_left(format("'{}'", options_.verify_commands[first.command].text), first.what);
}

Proof Prover::proof(const std::vector<Restored>& restored) const {
  Proof proof = proof_;
  if (commands_) proof.commands = commands_->proven();
  proof.restored = restored;
  return proof;
}

}  // namespace slim
