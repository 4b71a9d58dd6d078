// The proofs that the user asked for (--verify, --verify-command), put to each output of a run.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "model/inspection.h"
#include "model/options.h"
#include "model/package.h"
#include "model/plan.h"
#include "model/proof.h"
#include "trial/command_trial.h"
#include "util/progress.h"

namespace slim {

class Prover {
 public:
  // Runs the user's commands on the package as it is. All arguments must outlive the prover. Errors: see
  // CommandTrial::begin.
  static Result<Prover> begin(const Package& before, const Inspection& facts, const Options& options,
                              Progress& progress);

  // Was any proof asked for?
  bool is_wanted() const { return options_.verify || commands_.has_value(); }

  // Imports everything before and after, and runs the commands on `written`, which `plan` has made. Gives the
  // rules that must leave files alone for what does not work any more; none where all does. Errors: something
  // does not work, and no rule is left that isn't among `restored`, those of earlier rounds.
  Result<std::vector<Restored>> rules_to_hold_back(const Package& written, const Plan& plan,
                                                   const std::vector<Restored>& restored, Progress& progress);

  // What the last round has proven; `restored` is what had to be left alone for that.
  Proof proof(const std::vector<Restored>& restored) const;

 private:
  Prover(const Package& before, const Inspection& facts, const Options& options,
         std::optional<CommandTrial> commands)
      : before_(before), facts_(facts), options_(options), commands_(std::move(commands)) {}
  Result<std::vector<Restored>> try_imports(const Package& written, const Plan& plan,
                                            const std::vector<Restored>& restored, Progress& progress);
  Result<std::vector<Restored>> try_commands(CommandTrial& commands, const Package& written, const Plan& plan,
                                             const std::vector<Restored>& restored, Progress& progress);

  const Package& before_;
  const Inspection& facts_;
  const Options& options_;
  std::optional<CommandTrial> commands_;
  Proof proof_;
};

}  // namespace slim
