#include "commands/verify_command.h"

#include <algorithm>
#include <cstdio>

#include "inspect/inspect.h"
#include "read/read.h"
#include "trial/trial.h"
#include "util/format.h"

namespace slim {
namespace {

void print(const std::string& text) { std::fputs(text.c_str(), stdout); }

void print_failures(const Trial& trial) {
  for (const Failure& failure : trial.failures) {
    print(format("  {:<12} {}\n               {}\n", failure.is_distribution ? "distribution" : "module",
                 printable(failure.module), printable(failure.error)));
  }
}

}  // namespace

Result<int> run_verify_command(const VerifyCommand& command) {
  NoProgress silent;
  const std::string original = command.against.empty() ? command.package : command.against;
  TRY(const Package before, read_package(original));
  Options options;
  options.python = command.version;
  options.runtime = command.runtime;
  options.threads = command.threads;
  TRY(const Inspection facts, inspect_package(before, options, silent));
  const TrialOptions trial_options{.python = command.python, .threads = command.threads};
  if (command.against.empty()) {
    TRY(const Trial trial, try_alone(before, facts, trial_options));
    print(format("{}: {} of {} modules import under Python {}, {} distributions are known\n",
                 printable(command.package), with_commas(trial.worked), with_commas(trial.modules),
                 trial.python, trial.distributions));
    print_failures(trial);
    return 0;
  }
  TRY(const Package after, read_package(command.package));
  TRY(const Trial trial, try_against(before, facts, after, trial_options));
  print(format("{}: {} modules and {} distributions worked in {} under Python {}; {} regressed\n",
               printable(command.package), with_commas(trial.worked), trial.distributions,
               printable(command.against), trial.python, trial.failures.size()));
  print_failures(trial);
  return trial.failures.empty() ? 0 : 1;
}

}  // namespace slim
