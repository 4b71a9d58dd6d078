#include "commands/commands.h"

#include <cstdio>
#include <exception>
#include <new>
#include <variant>

#include "cli/parse.h"
#include "commands/check_command.h"
#include "commands/diff_command.h"
#include "commands/elf_command.h"
#include "commands/explain_command.h"
#include "commands/init_command.h"
#include "commands/rules_command.h"
#include "commands/verify_command.h"
#include "pipeline.h"
#include "report/output.h"
#include "util/file.h"
#include "util/format.h"

namespace slim {
namespace {

constexpr int kExitError = 2;

struct RunCommand {
  Result<int> operator()(const Options& options) const { return run_pipeline(options); }
  Result<int> operator()(const ElfCommand& command) const { return run_elf_command(command.file); }
  Result<int> operator()(const CheckRequest& request) const { return run_check_command(request); }
  Result<int> operator()(const DiffCommand& command) const { return run_diff_command(command); }
  Result<int> operator()(const RulesCommand& command) const { return run_rules_command(command); }
  Result<int> operator()(const ExplainCommand& command) const { return run_explain_command(command); }
  Result<int> operator()(const InitCommand& command) const { return run_init_command(command); }
  Result<int> operator()(const VerifyCommand& command) const { return run_verify_command(command); }
  Result<int> operator()(const PrintAndExit& command) const {
    std::fputs(command.text.c_str(), stdout);
    return 0;
  }
};

Result<int> run(int argc, char** argv) {
  TRY(const Command command, parse_command_line(argc, argv));
  TRY(const int code, std::visit(RunCommand{}, command));
  CHECK_OK(flush_stdout());  // whatever has been printed: half a text is none
  return code;
}

int complain(const std::string& what) {
  std::fprintf(stderr, "slim: %s\n", what.c_str());
  return kExitError;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  remove_temporaries_on_signals();
  try {
    const Result<int> code = run(argc, argv);
    return code ? *code : complain(code.error().what);
  } catch (const std::bad_alloc&) {
    return complain("the machine has not enough memory for this package: use fewer threads (-j 1)");
  } catch (const std::exception& error) {
    return complain(format("a defect in slim, please report it: {}", error.what()));
  }
}

}  // namespace slim
