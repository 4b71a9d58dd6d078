// The one table of commands and flags: parsing, --help, the man page and the completions of every shell are
// made from it. A new flag is a row here, and a line in check_values.cc that gives its value a meaning.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace slim {

enum class CommandId : std::uint8_t {
  slim,
  check,
  completions,
  diff,
  elf,
  explain,
  help,
  init,
  man,
  rules,
  verify,
  version
};

struct CommandRow {
  CommandId id;
  std::string_view name;       // "check"; "slim" for the main job, which has no word of its own
  std::string_view usage;      // what follows "slim": "check PACKAGE… [options]"
  std::string_view help = {};  // one sentence without its full stop
};

// What the value of a flag is; completions offer it.
enum class Takes : std::uint8_t { nothing, text, choice, file, folder, package };

// How slim.toml states it: a flag's name is its key there, too. Outputs, interpreters and whatever else could
// do harm from a file that nobody has looked at stay flags.
enum class InConfig : std::uint8_t {
  no,
  text,
  number_or_word,
  size,   // "20MB", or a whole number of bytes
  texts,  // a list
  text_or_texts,
  path,  // a file, named from the folder that holds slim.toml
  paths,
  wishes,  // [[keep]] with path and reason
  sizes,   // a table of names with sizes
};

struct FlagRow {
  std::string_view name =
      {};  // long name without its dashes; of a positional argument what usage lines call it
  std::uint16_t commands = 0;     // of_commands(…)
  std::string_view section = {};  // heading in the help
  std::string_view value = {};    // "GLOB"; empty for a switch
  std::string_view help = {};     // one sentence without its full stop
  Takes takes = Takes::text;
  char letter = 0;                 // short name
  bool many = false;               // may be given several times, and adds up
  bool positional = false;         // an argument without a name
  bool required = false;           // only of positional ones
  std::string_view choices = {};   // separated by spaces
  std::string_view fallback = {};  // what holds when it isn't given, where that is one value
  InConfig config = InConfig::no;
  std::string_view example = {};  // of a setting without such a value, for slim init
};

template <typename... Ids>
constexpr std::uint16_t of_commands(Ids... ids) {
  return static_cast<std::uint16_t>(((1U << static_cast<unsigned>(ids)) | ...));
}

std::span<const CommandRow> commands();
std::span<const FlagRow> flags();
const CommandRow& command_row(CommandId id);

// The rows of a command, in the order of the table.
std::vector<const FlagRow*> flags_of(CommandId id);
bool belongs_to(const FlagRow& flag, CommandId id);
// "-o, --output FILE", "--quiet", "PACKAGE…"
std::string spelling(const FlagRow& flag);
std::vector<std::string> choices_of(const FlagRow& flag);
// The flag that slim.toml states under that key; null if there is none.
const FlagRow* setting_named(std::string_view key);

// Texts made from the table.
std::string version_text();
std::string help_text(CommandId id);
std::string man_page();
std::string completions(std::string_view shell);  // bash, zsh or fish

}  // namespace slim
