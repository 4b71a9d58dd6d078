// The user's own proof (--verify-command): a command that ends as it did and prints what it printed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/given.h"
#include "model/inspection.h"
#include "model/plan.h"
#include "model/proof.h"
#include "trial/runtime_folder.h"
#include "util/progress.h"

namespace slim {

struct CommandOptions {
  std::vector<Given> commands;
  std::string interpreter;  // as the user named it; empty: looked for on PATH
  unsigned threads = 0;     // for unpacking
  unsigned seconds = 120;   // that a command may take
};

// What a command does not do any more.
struct Difference {
  std::size_t command = 0;  // of CommandOptions::commands
  std::string what;         // "ends with exit code 1 instead of 0: ModuleNotFoundError: …"
  std::string text;         // all that it said, to look for names in
};

class CommandTrial {
 public:
  // Runs each command twice on the package as it is. Errors: one that fails there, that takes too long, or
  // that prints something else the second time, and so can prove nothing; no interpreter for the
  // package.
  static Result<CommandTrial> begin(const Package& before, const Inspection& facts, CommandOptions options,
                                    Progress& progress);

  // A difference counts when a second try comes out the same. `archive` is the file behind `after`.
  Result<std::vector<Difference>> run_on(const Package& after, const std::string& archive,
                                         Progress& progress);

  // The rules, by package, without whose changes the command would do what it did: by trying, with the
  // original files put back. All changes where no such set is found, but for those that earlier rounds have
  // found.
  Result<std::vector<Restored>> needed_for(const Difference& difference, const Package& after,
                                           const Plan& plan, const std::vector<Restored>& restored,
                                           Progress& progress);

  std::vector<ProvenCommand> proven() const;

 private:
  CommandTrial(const Package& before, const Inspection& facts, CommandOptions options, RuntimeFolder folder)
      : before_(before), facts_(facts), options_(std::move(options)), folder_(std::move(folder)) {}
  Status take_down_before(Progress& progress);
  Result<bool> works_on(const Package& package, const std::string& archive, std::size_t command);
  Result<std::optional<Difference>> difference_of(const Package& after, const std::string& archive,
                                                  std::size_t command);

  const Package& before_;
  const Inspection& facts_;
  CommandOptions options_;
  RuntimeFolder folder_;
  std::vector<interpreter::CommandResult> was_;
};

// Each command alone, on a package without an original: what is wrong, "" where it ends with exit code 0.
Result<std::vector<std::string>> run_alone(const Package& package, const Inspection& facts,
                                           const CommandOptions& options, Progress& progress);

}  // namespace slim
