// --help of slim and of each command, for a terminal of 80 columns.
#include <algorithm>

#include "cli/flags.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kColumn = 28;  // where explanations start

// Wraps a text that begins at `column`; the lines after the first are indented to that column.
std::string hanging(std::string_view text, std::size_t column) {
  return format("{}\n", fmt::join(wrapped(text, kWidth - column), "\n" + std::string(column, ' ')));
}

std::string item(const std::string& name, const std::string& help) {
  std::string out = "  " + name;
  const std::size_t width = columns(out);
  out += width + 2 > kColumn ? "\n" + std::string(kColumn, ' ') : std::string(kColumn - width, ' ');
  return out + hanging(help, kColumn);
}

std::string item_of(const FlagRow& flag) {
  std::string help(flag.help);
  if (!flag.fallback.empty()) help += format(" [{}]", flag.fallback);
  // A switch without a letter stands under the long names of those that have one.
  const bool indented = !flag.positional && flag.letter == 0;
  return item((indented ? "    " : "") + spelling(flag), help);
}

std::string list_of_commands() {
  std::string out = "\nCommands, each with a --help of its own:\n";
  for (const CommandRow& row : commands()) {
    if (row.id != CommandId::slim) out += item(std::string(row.name), std::string(row.help));
  }
  return out;
}

}  // namespace

std::string version_text() { return format("slim {}\n", version()); }

std::string help_text(CommandId id) {
  const CommandRow& command = command_row(id);
  std::string out = hanging(std::string(command.help) + ".", 0) + format("\nUsage: slim {}\n", command.usage);
  if (id == CommandId::slim) out += "       slim COMMAND …\n";
  std::vector<std::string_view> sections;
  const std::vector<const FlagRow*> rows = flags_of(id);
  for (const FlagRow* flag : rows) {
    if (std::ranges::find(sections, flag->section) == sections.end()) sections.push_back(flag->section);
  }
  for (const std::string_view section : sections) {
    out += format("\n{}:\n", section);
    for (const FlagRow* flag : rows) {
      if (flag->section == section) out += item_of(*flag);
    }
  }
  return id == CommandId::slim ? out + list_of_commands() : out;
}

}  // namespace slim
