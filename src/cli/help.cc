// --help of slim and of each command, for a terminal of 80 columns.
#include <algorithm>

#include "cli/flags.h"
#include "util/format.h"

namespace slim {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kColumn = 28;  // where explanations start

// Columns that UTF-8 takes; the table has no wide and no combining characters.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

// Words in lines that fit; the first line goes on at `column`, the others are indented by as much.
std::string wrapped(std::string_view text, std::size_t column) {
  std::string out;
  std::size_t at = column;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (at != column && at + 1 + width_of(word) > kWidth) {
      out += "\n" + std::string(column, ' ');
      at = column;
    }
    if (at != column) {
      out += ' ';
      ++at;
    }
    out += word;
    at += width_of(word);
  }
  return out + "\n";
}

std::string item(const std::string& name, const std::string& help) {
  std::string out = "  " + name;
  const std::size_t width = width_of(out);
  out += width + 2 > kColumn ? "\n" + std::string(kColumn, ' ') : std::string(kColumn - width, ' ');
  return out + wrapped(help, kColumn);
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

std::string help_text(CommandId id) {
  const CommandRow& command = command_row(id);
  std::string out = wrapped(std::string(command.help) + ".", 0) + format("\nUsage: slim {}\n", command.usage);
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
