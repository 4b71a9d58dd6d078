// Completions for bash, zsh and fish. All three ask the same of the table: which flags a command has, and
// what a flag's value is. The first word alone chooses the command, as on the command line.
#include <algorithm>

#include "cli/flags.h"
#include "util/format.h"

namespace slim {
namespace {

std::string with_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string command_names() {
  std::string out;
  for (const CommandRow& row : commands()) {
    if (row.id != CommandId::slim) out += (out.empty() ? "" : " ") + std::string(row.name);
  }
  return out;
}

// ---- bash ----

std::string bash_values(const FlagRow& flag) {
  switch (flag.takes) {
    case Takes::nothing:
    case Takes::text:
      return "return";
    case Takes::choice:
      return format("_slim_words '{}'; return", flag.choices);
    case Takes::folder:
      return "_slim_paths -d; return";
    case Takes::file:
    case Takes::package:
      return "_slim_paths -f; return";
  }
  return "return";
}

std::string bash_flags(const CommandRow& command) {
  std::string patterns;
  std::string names;
  std::string positional = "_slim_paths -f";
  for (const FlagRow* flag : flags_of(command.id)) {
    if (flag->positional) {
      if (flag->takes == Takes::choice) positional = format("_slim_words '{}'", flag->choices);
      continue;
    }
    names += format("{}--{}", names.empty() ? "" : " ", flag->name);
    if (flag->takes == Takes::nothing) continue;
    const std::string letter = flag->letter != 0 ? std::string("-") + flag->letter + "|" : "";
    patterns += format("      {}--{}) {} ;;\n", letter, flag->name, bash_values(*flag));
  }
  std::string out = format("    {})\n", command.id == CommandId::slim ? "*" : command.name);
  if (!patterns.empty()) out += format("      case $previous in\n{}      esac\n", patterns);
  out += format("      if [[ $word == -* ]]; then _slim_words '{}'; else {}; fi ;;\n", names, positional);
  return out;
}

std::string bash_completions() {
  std::string out =
      "# slim completions for bash: source <(slim completions bash)\n"
      "_slim_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$word\"); }\n"
      "_slim_paths() {\n"
      "  compopt -o filenames 2>/dev/null || :\n"
      "  mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen \"$1\" -- \"$word\")\n"
      "}\n"
      "_slim() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
      "  COMPREPLY=()\n"
      "  # --flag=value comes as three words.\n"
      "  if [[ $word == = ]]; then word=\n"
      "  elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi\n";
  out += format(
      "  if [[ $COMP_CWORD -eq 1 && $word != -* ]]; then _slim_words '{}'; _slim_paths -f; return; fi\n",
      command_names());
  out += "  case ${COMP_WORDS[1]} in\n";
  for (const CommandRow& command : commands()) {
    if (command.id != CommandId::slim) out += bash_flags(command);
  }
  return out + bash_flags(command_row(CommandId::slim)) + "  esac\n}\ncomplete -F _slim slim\n";
}

// ---- zsh ----

std::string zsh_quoted(std::string_view text) {
  std::string out = with_all(std::string(text), "\\", "\\\\");
  out = with_all(with_all(std::move(out), "[", "\\["), "]", "\\]");
  return with_all(with_all(std::move(out), ":", "\\:"), "'", "'\\''");
}

std::string zsh_action(const FlagRow& flag) {
  switch (flag.takes) {
    case Takes::nothing:
      return "";
    case Takes::text:
      return " ";
    case Takes::choice:
      return format("({})", flag.choices);
    case Takes::folder:
      return "_files -/";
    case Takes::file:
    case Takes::package:
      return "_files";
  }
  return "";
}

std::string zsh_spec(const FlagRow& flag) {
  if (flag.positional) return format("'{}:{}:{}'", flag.many ? "*" : "", flag.name, zsh_action(flag));
  std::string spec = format("[{}]", zsh_quoted(flag.help));
  if (flag.takes != Takes::nothing) spec += format(":{}:{}", zsh_quoted(flag.value), zsh_action(flag));
  if (flag.letter == 0) return format("'{}--{}{}'", flag.many ? "*" : "", flag.name, spec);
  return format("'(-{0} --{1})'{{-{0},--{1}}}'{2}'", flag.letter, flag.name, spec);
}

std::string zsh_arguments(CommandId id) {
  std::string out = "_arguments -s -S";
  for (const FlagRow* flag : flags_of(id)) out += " \\\n        " + zsh_spec(*flag);
  return out + " ;;\n";
}

std::string zsh_completions() {
  std::string out =
      "#compdef slim\n"
      "# slim completions for zsh: slim completions zsh >_slim, in a folder of $fpath\n"
      "_slim() {\n"
      "  local -a slim_commands\n"
      "  slim_commands=(\n";
  for (const CommandRow& command : commands()) {
    if (command.id != CommandId::slim) out += format("    '{}:{}'\n", command.name, zsh_quoted(command.help));
  }
  out +=
      "  )\n"
      "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
      "    _describe -t commands command slim_commands\n"
      "    _files\n"
      "    return\n"
      "  fi\n"
      "  case $words[2] in\n";
  for (const CommandRow& command : commands()) {
    if (command.id != CommandId::slim) {
      out += format("    {})\n      shift words\n      (( CURRENT-- ))\n      {}", command.name,
                    zsh_arguments(command.id));
    }
  }
  out += "    *)\n      " + zsh_arguments(CommandId::slim);
  return out +
         "  esac\n}\n"
         "if [[ $funcstack[1] == _slim ]]; then _slim \"$@\"; else compdef _slim slim; fi\n";
}

// ---- fish ----

std::string fish_quoted(std::string_view text) {
  return "'" + with_all(with_all(std::string(text), "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fish_value(const FlagRow& flag) {
  switch (flag.takes) {
    case Takes::nothing:
      return "";
    case Takes::text:
      return " -x";
    case Takes::choice:
      return " -x -a " + fish_quoted(flag.choices);
    case Takes::folder:
      return " -x -a '(__fish_complete_directories)'";
    case Takes::file:
    case Takes::package:
      return " -r -F";
  }
  return "";
}

std::string fish_completions() {
  const std::string names = command_names();
  std::string out = "# slim completions for fish: slim completions fish | source\n";
  for (const CommandRow& command : commands()) {
    std::string when = "not __fish_seen_subcommand_from " + names;
    if (command.id != CommandId::slim) {
      out += format("complete -c slim -n __fish_use_subcommand -a {} -d {}\n", command.name,
                    fish_quoted(command.help));
      when = format("__fish_seen_subcommand_from {}", command.name);
    }
    for (const FlagRow* flag : flags_of(command.id)) {
      if (flag->positional && flag->takes != Takes::choice) continue;
      const std::string letter = flag->letter != 0 ? format(" -s {}", flag->letter) : "";
      const std::string name = flag->positional ? " -f -a " + fish_quoted(flag->choices)
                                                : letter + format(" -l {}", flag->name) + fish_value(*flag);
      out += format("complete -c slim -n {}{} -d {}\n", fish_quoted(when), name, fish_quoted(flag->help));
    }
  }
  return out;
}

}  // namespace

std::string completions(std::string_view shell) {
  if (shell == "bash") return bash_completions();
  return shell == "zsh" ? zsh_completions() : fish_completions();
}

}  // namespace slim
