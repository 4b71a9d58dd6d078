// CLI11 splits the command line; what it may hold is told by the table of flags, and what it means is found
// out by check_values.
#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/check_values.h"
#include "cli/config.h"
#include "cli/flags.h"
#include "cli/values.h"
#include "util/format.h"
#include "util/suggest.h"
#include "util/version.h"

namespace slim {
namespace {

struct Bound {
  const FlagRow* flag;
  const CLI::Option* option;
};

struct BoundCommand {
  CommandId id;
  CLI::App* app;
  std::vector<Bound> options;
};

std::string cli_name(const FlagRow& flag) {
  if (flag.positional) return std::string(flag.name);
  const std::string letter = flag.letter != 0 ? std::string("-") + flag.letter + "," : "";
  return letter + "--" + std::string(flag.name);
}

CLI::Option* declare(CLI::App& app, const FlagRow& flag) {
  if (flag.takes == Takes::nothing) return app.add_flag(cli_name(flag));
  CLI::Option* option = app.add_option(cli_name(flag));
  if (flag.many) {
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    // A list takes one value for each flag, so that no package's name is ever swallowed.
    if (flag.positional) option->expected(-1);
  }
  return option->required(flag.required);
}

BoundCommand bind(CLI::App& app, CommandId id) {
  BoundCommand bound{id, &app, {}};
  app.set_help_flag("-h,--help");
  for (const FlagRow* flag : flags_of(id)) {
    if (flag->name != "help") bound.options.push_back({flag, declare(app, *flag)});
  }
  return bound;
}

Values values_of(const BoundCommand& command) {
  Values values;
  for (const auto& [flag, option] : command.options) {
    const std::string name(flag->name);
    for (const std::string& text : option->results())
      values.add(name, {text, flag->positional ? name : "--" + name, ""});
  }
  return values;
}

// "slim check", for hints
std::string called(CommandId id) {
  return id == CommandId::slim ? "slim" : format("slim {}", command_row(id).name);
}

// A flag that this command does not have, with the one that was meant. Nothing where that isn't the fault.
Status find_unknown_flag(CommandId id, const std::vector<std::string>& words) {
  std::vector<std::string> known;
  for (const FlagRow* flag : flags_of(id)) {
    if (!flag->positional) known.push_back("--" + std::string(flag->name));
  }
  for (const std::string& word : words) {
    if (!word.starts_with("--") || word.size() == 2) continue;
    const std::string name = word.substr(0, word.find('='));
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::string hint = did_you_mean(name, known);
    return fail(format("{}: is no flag of {}{}", printable(name), called(id),
                       hint.empty() ? ": see " + called(id) + " --help" : hint));
  }
  return {};
}

// What names no package is wrong or asks for no config's help, but for the list of rules.
bool reads_config(CommandId id, const Values& values) {
  const std::vector<const FlagRow*> rows = flags_of(id);
  const bool may = std::ranges::any_of(rows, [](const FlagRow* flag) { return flag->name == "config"; });
  return may && (values.has("PACKAGE") || id == CommandId::rules);
}

std::string first_sentence(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  while (text.ends_with(' ') || text.ends_with('.')) text.pop_back();
  return printable(text);
}

}  // namespace

Result<Command> parse_command_line(int argc, const char* const* argv) {
  CLI::App app("", "slim");
  std::vector<BoundCommand> bound = {bind(app, CommandId::slim)};
  for (const CommandRow& row : commands()) {
    if (row.id != CommandId::slim) bound.push_back(bind(*app.add_subcommand(std::string(row.name)), row.id));
  }
  const auto chosen = [&]() -> const BoundCommand& {
    const auto found = std::find_if(bound.begin() + 1, bound.end(),
                                    [](const BoundCommand& each) { return each.app->parsed(); });
    return found == bound.end() ? bound.front() : *found;
  };
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Command(PrintAndExit{help_text(chosen().id)});
  } catch (const CLI::ExtrasError& error) {
    CHECK_OK(find_unknown_flag(chosen().id, app.remaining(true)));
    return fail(format("{}: see {} --help", first_sentence(error.what()), called(chosen().id)));
  } catch (const CLI::ParseError& error) {
    return fail(format("{}: see {} --help", first_sentence(error.what()), called(chosen().id)));
  }
  Values values = values_of(chosen());
  const CommandId id = chosen().id;
  if (values.has("version")) return Command(PrintAndExit{format("slim {}\n", version())});
  ConfigUse config;
  if (reads_config(id, values)) {
    const std::vector<Given>& packages = values.all("PACKAGE");
    TRY(const std::optional<Config> found,
        load_config(values, packages.empty() ? "" : packages.front().text));
    if (found) {
      config = found->use;
      values = laid_over(found->values, values);
    }
  }
  return check_values(id, values, config);
}

}  // namespace slim
