#include "commands/verify_command.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "inspect/inspect.h"
#include "read/read.h"
#include "report/terminal_progress.h"
#include "trial/command_trial.h"
#include "trial/trial.h"
#include "util/format.h"

namespace slim {
namespace {

struct Answers {
  Trial imports;
  std::vector<std::string> commands;  // what is wrong with each, "" where nothing is
};

CommandOptions commands_of(const VerifyCommand& command) {
  return {.commands = command.commands,
          .interpreter = command.interpreter,
          .threads = command.threads,
          .seconds = command.seconds};
}

Result<Inspection> facts_of(const Package& package, const VerifyCommand& command, Progress& progress) {
  Options options;
  options.python.version = command.version;
  options.runtime = command.runtime;
  options.threads = command.threads;
  progress.begin("inspecting", unpacked_bytes(package));
  return inspect_package(package, options, progress);
}

Result<Answers> look_at_both(const VerifyCommand& command, Progress& progress) {
  progress.begin("reading", 0);
  TRY(const Package before, read_package(command.against));
  TRY(const Package after, read_package(command.package));
  TRY(const Inspection facts, facts_of(before, command, progress));
  Answers answers;
  TRY(answers.imports, try_against(before, facts, after, {command.interpreter, command.threads}, progress));
  answers.commands.resize(command.commands.size());
  if (command.commands.empty()) return answers;
  TRY(CommandTrial trial, CommandTrial::begin(before, facts, commands_of(command), progress));
  TRY(const std::vector<Difference> differences, trial.run_on(after, after.path, progress));
  for (const Difference& difference : differences) answers.commands[difference.command] = difference.what;
  return answers;
}

Result<Answers> look_at_one(const VerifyCommand& command, Progress& progress) {
  progress.begin("reading", 0);
  TRY(const Package package, read_package(command.package));
  TRY(const Inspection facts, facts_of(package, command, progress));
  Answers answers;
  TRY(answers.imports, try_alone(package, facts, {command.interpreter, command.threads}, progress));
  if (command.commands.empty()) return answers;
  TRY(answers.commands, run_alone(package, facts, commands_of(command), progress));
  return answers;
}

void print(const std::string& text) { std::fputs(text.c_str(), stdout); }

std::string config_clause(const ConfigUse& config) {
  if (config.path.empty()) return "";
  return format(", by {}{}", printable(config.path),
                config.profile.empty() ? "" : ", profile " + printable(config.profile));
}

void print_imports(const VerifyCommand& command, const Trial& trial) {
  const std::string name = printable(command.package);
  const std::string by = config_clause(command.config);
  if (trial.language == Language::none) {
    print(format("{}: there is no module whose import could be tried{}\n", name, by));
  } else if (command.against.empty()) {
    print(format("{}: {} of {} modules import under {} {}, {} distributions are known{}\n", name,
                 with_commas(trial.worked), with_commas(trial.modules), language_title(trial.language),
                 trial.version, trial.distributions, by));
  } else {
    print(format("{}: {} modules and {} distributions worked in {} under {} {}; {} regressed{}\n", name,
                 with_commas(trial.worked), trial.distributions, printable(command.against),
                 language_title(trial.language), trial.version, trial.failures.size(), by));
  }
  for (const Failure& failure : trial.failures) {
    print(format("  {:<12} {}\n               {}\n", failure.is_distribution ? "distribution" : "module",
                 printable(failure.module), printable(failure.error)));
  }
}

bool print_commands(const VerifyCommand& command, const Answers& answers) {
  bool all_work = true;
  const char* good = command.against.empty() ? "ends with exit code 0" : "ends and prints as before";
  for (std::size_t i = 0; i < command.commands.size(); ++i) {
    const std::string& wrong = answers.commands[i];
    all_work = all_work && wrong.empty();
    print(format("  {:<12} {}\n               {}\n", "command", printable(command.commands[i].text),
                 wrong.empty() ? good : printable(wrong)));
  }
  return all_work;
}

}  // namespace

Result<int> run_verify_command(const VerifyCommand& command) {
  std::unique_ptr<Progress> progress = make_terminal_progress(false);
  const bool alone = command.against.empty();
  TRY(const Answers answers, alone ? look_at_one(command, *progress) : look_at_both(command, *progress));
  progress.reset();  // wiped before anything is printed
  print_imports(command, answers.imports);
  const bool commands_work = print_commands(command, answers);
  return commands_work && (alone || answers.imports.failures.empty()) ? 0 : 1;
}

}  // namespace slim
