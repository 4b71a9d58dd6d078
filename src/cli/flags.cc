#include "cli/flags.h"

#include <algorithm>

namespace slim {

const FlagRow* setting_named(std::string_view key) {
  for (const FlagRow& flag : flags()) {
    if (flag.config != InConfig::no && flag.name == key) return &flag;
  }
  return nullptr;
}

const CommandRow& command_row(CommandId id) { return *std::ranges::find(commands(), id, &CommandRow::id); }

bool belongs_to(const FlagRow& flag, CommandId id) { return (flag.commands & of_commands(id)) != 0; }

std::vector<const FlagRow*> flags_of(CommandId id) {
  std::vector<const FlagRow*> rows;
  for (const FlagRow& flag : flags()) {
    if (belongs_to(flag, id)) rows.push_back(&flag);
  }
  return rows;
}

std::string spelling(const FlagRow& flag) {
  if (flag.positional) return std::string(flag.name) + (flag.many ? "…" : "");
  std::string out = flag.letter != 0 ? std::string("-") + flag.letter + ", " : "";
  out += "--" + std::string(flag.name);
  return flag.value.empty() ? out : out + " " + std::string(flag.value);
}

std::vector<std::string> choices_of(const FlagRow& flag) {
  std::vector<std::string> out;
  for (std::string_view rest = flag.choices; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

}  // namespace slim
