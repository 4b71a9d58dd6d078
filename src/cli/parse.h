// The command line, checked once and turned into values; parse.cc is the wall in front of CLI11.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/check_request.h"
#include "model/options.h"
#include "util/result.h"

namespace slim {

struct ElfCommand {  // slim elf FILE
  std::string file;
};

struct VerifyCommand {  // slim verify PACKAGE [--against ORIGINAL]
  std::string package;
  std::string against;  // empty: nothing to compare with
  std::string interpreter;
  std::string runtime;
  std::optional<LanguageVersion> version;  // from the runtime
  unsigned threads = 0;
  std::vector<Given> commands;  // --verify-command
  unsigned seconds = 120;       // that each of them may take
  ConfigUse config;
};

struct DiffCommand {   // slim diff A B
  std::string before;  // packages, or JSON reports
  std::string after;
  std::string json;
};

struct RulesCommand {  // slim rules [PACKAGE]
  Options options;
};

struct InitCommand {    // slim init [PACKAGE]
  std::string package;  // empty: none
  std::string output;   // "-" for standard output
};

struct ExplainCommand {  // slim explain PACKAGE PATH…
  Options options;
  std::vector<std::string> paths;  // or globs
};

struct PrintAndExit {  // --help, --version: text for standard output
  std::string text;
};

using Command = std::variant<Options, ElfCommand, CheckRequest, DiffCommand, RulesCommand, ExplainCommand,
                             InitCommand, VerifyCommand, PrintAndExit>;

// Errors: unknown flags and values, contradictions; one sentence each, ready to print.
Result<Command> parse_command_line(int argc, const char* const* argv);

}  // namespace slim
