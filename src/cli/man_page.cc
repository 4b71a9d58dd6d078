// The manual page in the man macros of roff (man 7 man). What stands in the table of flags is escaped: a
// hyphen that is to be typed is \-, a line must not begin with a dot, and letters beyond ASCII are named by
// number.
#include <algorithm>

#include "cli/flags.h"
#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

// The code point at the start of well-formed UTF-8, and its length.
std::pair<unsigned, std::size_t> code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  if (byte(0) >= 0xe0) return {(byte(0) & 0xfU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU), 3};
  return {(byte(0) & 0x1fU) << 6U | (byte(1) & 0x3fU), 2};
}

std::string escaped(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  while (!text.empty()) {
    std::size_t length = 1;
    if (text[0] == '\\') {
      out += "\\e";
    } else if (text[0] == '-') {
      out += "\\-";
    } else if (static_cast<unsigned char>(text[0]) < 0x80) {
      out += text[0];
    } else {
      const auto [code, bytes] = code_point(text);
      length = bytes;
      out += format("\\[u{:04X}]", code);
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string flag_item(const FlagRow& flag) {
  std::string name = spelling(flag);
  std::string value;
  if (!flag.positional && !flag.value.empty()) {
    name.resize(name.size() - flag.value.size() - 1);
    value = format(" \\fI{}\\fR", escaped(flag.value));
  }
  const std::string typed =
      flag.positional ? format("\\fI{}\\fR", escaped(name)) : format("\\fB{}\\fR", escaped(name));
  std::string out = format(".TP\n{}{}\n{}.\n", typed, value, escaped(flag.help));
  if (!flag.choices.empty())
    out += format("One of {}.\n", escaped(fmt::format("{}", fmt::join(choices_of(flag), ", "))));
  if (!flag.fallback.empty()) out += format("Default: {}.\n", escaped(flag.fallback));
  return out;
}

const char* form_of(InConfig config) {
  switch (config) {
    case InConfig::number_or_word:
      return "A whole number, or a string";
    case InConfig::size:
      return "A size such as \\(dq20MB\\(dq, or a whole number of bytes";
    case InConfig::texts:
      return "A list of strings";
    case InConfig::text_or_texts:
      return "A string, or a list of strings";
    case InConfig::paths:
      return "A list of files";
    case InConfig::path:
      return "A file";
    case InConfig::wishes:
      return "Tables with path and reason, written with double brackets";
    case InConfig::sizes:
      return "A table of sizes by name";
    case InConfig::text:
    case InConfig::no:
      break;
  }
  return "A string";
}

std::string main_flags() {
  std::string out = ".SH OPTIONS\n";
  std::string_view section;
  for (const FlagRow* flag : flags_of(CommandId::slim)) {
    if (flag->section != section) out += format(".SS {}\n", escaped(flag->section));
    section = flag->section;
    out += flag_item(*flag);
  }
  return out;
}

std::string other_commands() {
  std::string out = ".SH COMMANDS\n";
  for (const CommandRow& command : commands()) {
    if (command.id == CommandId::slim) continue;
    out += format(".SS slim {}\n{}.\n", escaped(command.usage), escaped(command.help));
    for (const FlagRow* flag : flags_of(command.id)) out += flag_item(*flag);
  }
  return out;
}

constexpr std::string_view kDescription =
    ".SH DESCRIPTION\n"
    "Reads a package, decides for every file what of it is needed, and writes what remains: smaller, with "
    "the "
    "same bytes every time, and verified before it gets its name.\n"
    "The package may be a zip, wheel, jar, tar or folder, such as an AWS Lambda function or layer.\n"
    "Any doubt keeps the original bytes, and the report says why.\n"
    "Keep beats drop; the order of options never matters.\n";

std::string configuration() {
  std::string out =
      ".SH CONFIGURATION\n"
      "Settings of a project stand in slim.toml (see toml.io), in the folder that holds the package or in "
      "one "
      "above it, up to the first that holds .git.\n"
      "A key is a flag's name. Flags beat the file, and lists add up.\n"
      "Unknown keys and bad values are errors. The file can't name outputs or programs; files that it names "
      "lie "
      "in its folder, unless \\-\\-config named it.\n"
      "slim init writes one.\n";
  for (const FlagRow& flag : flags()) {
    if (flag.config != InConfig::no)
      out += format(".TP\n\\fB{}\\fR\n{}.\n", escaped(flag.name), form_of(flag.config));
  }
  return out +
         ".TP\n\\fBprofile\\fR\nTables [profile.NAME] of such settings, for \\fB\\-\\-profile\\fR "
         "\\fINAME\\fR.\n";
}

constexpr std::string_view kRest =
    ".SH EXIT STATUS\n"
    ".TP\n0\nDone.\n"
    ".TP\n1\nDone, with findings that were asked to fail on.\n"
    ".TP\n2\nAn error: one sentence on standard error says what, where, and what to do.\n"
    "Nothing was written.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B NO_COLOR\nWhen set to anything, reports have no colours.\n"
    ".TP\n.B TMPDIR\nWhere scratch files go.\n"
    ".TP\n.B PATH\nWhere a Python interpreter is looked for.\n"
    ".SH EXAMPLES\n"
    ".TP\nslim in.zip \\-o out.zip\nThe main job: zip in, zip out.\n"
    ".TP\nslim in.zip \\-\\-dry\\-run\nThe plan, nothing written.\n"
    ".TP\nslim check function.zip \\-\\-layer layer.zip\nExits with 1 if something can't work.\n"
    ".TP\nslim explain in.zip \\(aq*.so\\(aq\nWhat happens to these files, and why.\n";

}  // namespace

std::string man_page() {
  std::string out = format(".TH SLIM 1 \"\" \"slim {}\" \"User Commands\"\n", version());
  out += ".SH NAME\nslim \\- make a deployment package as small as it can be while it provably still works\n";
  out += ".SH SYNOPSIS\n";
  for (const CommandRow& command : commands()) {
    out += format("{}.B slim\n{}\n", command.id == CommandId::slim ? "" : ".br\n", escaped(command.usage));
  }
  return out + std::string(kDescription) + main_flags() + other_commands() + configuration() +
         std::string(kRest);
}

}  // namespace slim
