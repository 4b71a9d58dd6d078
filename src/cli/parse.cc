// CLI11 splits the command line; what it may hold is told by the table of flags, what is wrong with it by
// misuse.cc, and what it means is found out by check_values.
#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "cli/check_values.h"
#include "cli/config.h"
#include "cli/flags.h"
#include "cli/misuse.h"
#include "cli/values.h"
#include "util/format.h"

namespace slim {
namespace {

struct Bound {
  const FlagRow* flag;
  const CLI::Option* option;
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

std::vector<Bound> bind(CLI::App& app, CommandId id) {
  std::vector<Bound> bound;
  app.set_help_flag("-h,--help");
  for (const FlagRow* flag : flags_of(id)) {
    if (flag->name != "help") bound.push_back({flag, declare(app, *flag)});
  }
  return bound;
}

Values values_of(const std::vector<Bound>& options) {
  Values values;
  for (const auto& [flag, option] : options) {
    const std::string name(flag->name);
    for (const std::string& text : option->results())
      values.add(name, {text, flag->positional ? name : "--" + name, ""});
  }
  return values;
}

// Where no package is named there is no place to look for a slim.toml, and either the command line is wrong
// or the command needs no settings. `slim rules` is the exception: it lists rules without a package, and
// then the current folder's slim.toml counts.
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

// The first word alone chooses the command: a file of the package may be called as one is.
Result<Command> parse_command_line(int argc, const char* const* argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  CHECK_OK(check_first_word(words));
  const CommandId id = command_of(words);
  if (id != CommandId::slim) words.erase(words.begin());
  CLI::App app("", "slim");
  const std::vector<Bound> options = bind(app, id);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes them from the end
  } catch (const CLI::CallForHelp&) {
    return Command(PrintAndExit{help_text(id)});
  } catch (const CLI::ParseError& error) {
    CHECK_OK(find_misuse(id, words));
    return fail(format("{}: see {} --help", first_sentence(error.what()), called(id)));
  }
  Values values = values_of(options);
  if (values.has("version")) return Command(PrintAndExit{version_text()});
  CHECK_OK(find_misuse(id, words));  // what CLI11 takes, such as --dry-run=false
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
