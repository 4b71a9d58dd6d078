#include "cli/check_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "cache/open_cache.h"
#include "cli/check_places.h"
#include "cli/find_config.h"
#include "deflate/deflate.h"
#include "model/runtime.h"
#include "model/runtime_name.h"
#include "util/format.h"
#include "util/glob.h"
#include "util/suggest.h"

namespace slim {
namespace {

// "--strip all: is no level: none, debug, symbols or sections"
tl::unexpected<Error> refuse(const Given& value, const std::string& why) {
  return fail(format("{} {}: {}", value.from, printable(value.text), why));
}

// A value by its name, which the flag's row in the table lists. Keeps what `target` is when it wasn't given.
template <typename T, typename FromName>
Status choose(const Values& values, const std::string& flag, FromName from_name, const char* noun,
              T& target) {
  const Given* value = values.one(flag);
  if (value == nullptr) return {};
  if (const auto chosen = from_name(value->text)) {
    target = *chosen;
    return {};
  }
  const auto row = std::ranges::find_if(
      flags(), [&](const FlagRow& each) { return each.name == flag && !each.choices.empty(); });
  const std::vector<std::string> known = choices_of(*row);
  std::string list;
  for (std::size_t i = 0; i < known.size(); ++i)
    list += (i == 0 ? "" : i + 1 == known.size() ? " or " : ", ") + known[i];
  return refuse(*value, format("is no {}: {}{}", noun, list, did_you_mean(value->text, known)));
}

std::optional<Severity> severity_from(const std::string& name) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
    if (name == severity_name(severity)) return severity;
  }
  return std::nullopt;
}

// A whole number within bounds.
template <typename T>
Status number(const Values& values, const std::string& flag, T least, T most, const char* meaning,
              T& target) {
  const Given* value = values.one(flag);
  if (value == nullptr) return {};
  const char* end = value->text.data() + value->text.size();
  T parsed{};
  const auto [stop, error] = std::from_chars(value->text.data(), end, parsed);
  if (error != std::errc{} || stop != end || parsed < least || parsed > most)
    return refuse(*value, format("must be a whole number from {} to {}{}", least, most, meaning));
  target = parsed;
  return {};
}

// "200MB"
Status size_of(const Values& values, const std::string& flag, std::uint64_t& target) {
  const Given* value = values.one(flag);
  if (value == nullptr) return {};
  const Result<std::uint64_t> bytes = parse_size(value->text);
  if (!bytes) return tl::unexpected(at(value->from, bytes.error()));
  target = *bytes;
  return {};
}

// The value itself is not shown: it may hold a password.
Status check_cache(const Values& values, std::string& cache) {
  cache = values.text("cache");
  if (!cache::is_address(cache) || cache::is_http_address(cache)) return {};
  return fail(format("{}: a cache server is spoken to by http:// or https://", values.one("cache")->from));
}

Status check_threads(const Values& values, unsigned& threads) {
  return number(values, "threads", 1U, 1024U, "", threads);
}

// What the table of runtimes knows; a typo would leave unchecked all that depends on the runtime.
Status check_runtime(const Values& values, std::string& runtime, std::optional<LanguageVersion>* python) {
  const Given* value = values.one("runtime");
  if (value == nullptr) return {};
  const Runtime* known = runtime_table().find(value->text);
  if (known == nullptr) {
    return refuse(
        *value,
        format("is no runtime of Lambda that this slim knows{} Leave it out where the runtime is newer "
               "than slim: what the files tell counts then",
               did_you_mean_runtime(value->text)));
  }
  runtime = value->text;
  const bool is_python_3 =
      known->language == Language::python && known->version && known->version->major == 3;
  if (python != nullptr && is_python_3) *python = known->version;
  return {};
}

// "s3,dynamodb" -> s3 and dynamodb; whether there are such services is seen where the package is.
Status check_services(const Values& values, std::vector<Given>& services) {
  for (const Given& list : values.all("services")) {
    const std::size_t before = services.size();
    for (std::string_view rest = list.text; !rest.empty();) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      std::string_view name = rest.substr(0, end);
      while (name.starts_with(' ')) name.remove_prefix(1);
      while (name.ends_with(' ')) name.remove_suffix(1);
      if (!name.empty()) services.push_back({std::string(name), list.from, list.reason});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (services.size() == before)
      return fail(format(
          "{}: names no service: write it as s3,dynamodb, or auto for those that the code names", list.from));
  }
  return {};
}

// 1 … 12, or max.
Status check_level(const Values& values, int& level) {
  const Given* value = values.one("level");
  if (value != nullptr && value->text == "max") {
    level = deflate::kSmallest;
    return {};
  }
  return number(values, "level", deflate::kLowestLevel, deflate::kHighestLevel, " (fast to small), or max",
                level);
}

// What a start loads is of use to two modes. Who runs the package's code to see it has asked for that on the command
// line, or has named the file that does.
Status check_start(const Values& values, Options& options) {
  PythonOptions& python = options.python;
  if (const Given* handler = values.one("handler")) python.handler = *handler;
  python.start_list = values.text("start-list");
  options.write_start_list = values.text("write-start-list");
  const Given* mode = values.one("bytecode");
  python.must_not_load =
      mode != nullptr && mode->from != "--bytecode" && !values.has("config") && !values.has("verify");
  if (python.bytecode == BytecodeMode::init || python.bytecode == BytecodeMode::fit) return {};
  for (const char* name : {"start-list", "write-start-list"}) {
    const Given* list = values.one(name);
    if (list != nullptr && list->from == format("--{}", name))
      return fail(format("{}: is of use with --bytecode init or fit only: add one of them", list->from));
  }
  return {};
}

// What a plan depends on.
Status check_plan_values(const Values& values, Options& options) {
  options.keep = values.all("keep");
  options.drop = values.all("drop");
  options.enable = values.all("enable");
  options.disable = values.all("disable");
  options.rule_files = values.texts("rules");
  options.keep_strip = values.all("keep-strip");
  CHECK_OK(check_services(values, options.services));
  TRY(options.python.interpreter, checked_program(values));
  CHECK_OK(choose(values, "strip", elf::strip_level_from, "level", options.strip));
  CHECK_OK(choose(values, "bytecode", bytecode_mode_from, "mode", options.python.bytecode));
  CHECK_OK(check_start(values, options));
  CHECK_OK(choose(values, "dist-info", dist_info_mode_from, "mode", options.python.dist_info));
  CHECK_OK(choose(values, "licenses", licence_mode_from, "mode", options.licences));
  CHECK_OK(choose(values, "arch", arch_from, "architecture", options.arch));
  CHECK_OK(check_runtime(values, options.runtime, &options.python.version));
  CHECK_OK(check_level(values, options.level));
  CHECK_OK(size_of(values, "bytecode-budget", options.python.bytecode_budget));
  return check_threads(values, options.threads);
}

// The user's own commands. Those that a slim.toml states are run only where the command line asks for a proof
// (--verify, slim verify), so that no file makes slim run anything by itself.
Status check_commands(const Values& values, bool with_those_of_files, std::vector<Given>& commands,
                      unsigned& seconds) {
  for (const Given& command : values.all("verify-command")) {
    if (command.text.find_first_not_of(" \t\n") == std::string::npos)
      return fail(format("{}: is empty: name a command, such as \"python -c 'import app'\"", command.from));
    if (with_those_of_files || command.from == "--verify-command") commands.push_back(command);
  }
  return number(values, "verify-timeout", 1U, 86'400U, " seconds", seconds);
}

Result<Command> main_command(const Values& values, const ConfigUse& config) {
  Options options;
  options.config = config;
  options.input = values.text("PACKAGE");
  options.output = values.text("output");
  options.in_place = values.has("in-place");
  options.dry_run = values.has("dry-run");
  options.verify = values.has("verify");
  CHECK_OK(check_commands(values, options.verify, options.verify_commands, options.verify_seconds));
  options.debug_dir = values.text("debug-dir");
  options.json = values.text("json");
  options.markdown = values.text("markdown");
  options.html = values.text("html");
  CHECK_OK(check_files(values));
  options.sbom = values.text("sbom");
  options.quiet = values.has("quiet");
  options.stats = values.has("stats");
  options.trace = values.text("trace");
  options.fast = values.has("fast");
  CHECK_OK(check_cache(values, options.cache));
  CHECK_OK(size_of(values, "cache-limit", options.cache_limit));
  CHECK_OK(size_of(values, "max-memory", options.max_memory));
  CHECK_OK(check_targets(options));
  CHECK_OK(check_plan_values(values, options));
  return Command(std::move(options));
}

Status add_budgets(const std::vector<Given>& texts, bool hard, std::vector<Budget>& budgets) {
  for (const Given& text : texts) {
    Result<Budget> budget = parse_budget(text.text, hard);
    if (!budget) return tl::unexpected(at(text.from, std::move(budget.error())));
    budget->from = text.from;
    budgets.push_back(std::move(*budget));
  }
  return {};
}

// What the gate depends on.
Status check_gate_values(const Values& values, CheckRequest& request) {
  CHECK_OK(check_runtime(values, request.runtime, nullptr));
  CHECK_OK(choose(values, "arch", arch_from, "architecture", request.arch));
  CHECK_OK(choose(values, "ready-for", arch_from, "architecture", request.ready_for));
  CHECK_OK(choose(values, "fail-on", severity_from, "severity", request.fail_on));
  request.handler = values.text("handler");
  CHECK_OK(add_budgets(values.all("budget"), true, request.budgets));
  CHECK_OK(add_budgets(values.all("warn-budget"), false, request.budgets));
  request.baseline = values.text("baseline");
  if (const Given* growth = values.one("max-growth")) {
    Result<Allowance> allowance = parse_allowance(growth->text);
    if (!allowance) return tl::unexpected(at(growth->from, std::move(allowance.error())));
    request.max_growth = *allowance;
  }
  return {};
}

Result<Command> check_command(const Values& values, const ConfigUse& config) {
  CheckRequest request;
  request.config = config;
  request.packages = values.texts("PACKAGE");
  request.layers = values.texts("layer");
  request.update_baseline = values.has("update-baseline");
  request.json = values.text("json");
  request.markdown = values.text("markdown");
  request.sarif = values.text("sarif");
  request.junit = values.text("junit");
  request.html = values.text("html");
  CHECK_OK(check_files(values));
  request.quiet = values.has("quiet");
  CHECK_OK(check_threads(values, request.threads));
  CHECK_OK(check_gate_values(values, request));
  if (request.update_baseline && request.baseline.empty())
    return fail("--update-baseline: which file? Name it with --baseline FILE.json");
  return Command(std::move(request));
}

template <typename T>
Result<Command> planning_command(const Values& values, const ConfigUse& config, T command) {
  command.options.config = config;
  command.options.json = values.text("json");
  CHECK_OK(check_files(values));
  command.options.input = values.text("PACKAGE");
  CHECK_OK(check_plan_values(values, command.options));
  return Command(std::move(command));
}

Result<Command> verify_command(const Values& values, const ConfigUse& config) {
  VerifyCommand verify;
  verify.config = config;
  verify.package = values.text("PACKAGE");
  verify.against = values.text("against");
  CHECK_OK(check_files(values));
  TRY(verify.interpreter, checked_program(values));
  CHECK_OK(check_runtime(values, verify.runtime, &verify.version));
  if (!verify.runtime.empty() && !verify.version)
    return refuse(*values.one("runtime"),
                  "is no Python 3, and what is imported are Python's modules: leave it out");
  CHECK_OK(check_threads(values, verify.threads));
  CHECK_OK(check_commands(values, true, verify.commands, verify.seconds));
  return Command(std::move(verify));
}

Result<Command> completions_command(const Values& values) {
  std::string shell;
  const auto known = [](const std::string& name) {
    return name == "bash" || name == "zsh" || name == "fish" ? std::optional(name) : std::nullopt;
  };
  CHECK_OK(choose(values, "SHELL", known, "shell that slim can complete in", shell));
  return Command(PrintAndExit{completions(shell)});
}

Result<Command> help_command(const Values& values) {
  CommandId asked = CommandId::slim;
  const auto by_name = [](const std::string& name) {
    const auto row = std::ranges::find(commands(), name, &CommandRow::name);
    return row == commands().end() ? std::nullopt : std::optional(row->id);
  };
  CHECK_OK(choose(values, "COMMAND", by_name, "command", asked));
  return Command(PrintAndExit{help_text(asked)});
}

}  // namespace

Status check_settings(const Values& values) {
  Options options;
  CheckRequest request;
  for (const char* name : {"keep", "drop", "keep-strip"}) {
    for (const Given& glob : values.all(name)) {
      if (Result<Glob> compiled = Glob::compile(glob.text); !compiled)
        return tl::unexpected(at(glob.from, std::move(compiled.error())));
    }
  }
  CHECK_OK(check_plan_values(values, options));
  CHECK_OK(check_commands(values, true, options.verify_commands, options.verify_seconds));
  return check_gate_values(values, request);
}

Result<Command> check_values(CommandId command, const Values& values, const ConfigUse& config) {
  switch (command) {
    case CommandId::slim:
      return main_command(values, config);
    case CommandId::check:
      return check_command(values, config);
    case CommandId::completions:
      return completions_command(values);
    case CommandId::diff:
      CHECK_OK(check_files(values));
      return Command(DiffCommand{values.text("A"), values.text("B"), values.text("json")});
    case CommandId::elf:
      return Command(ElfCommand{values.text("FILE")});
    case CommandId::explain:
      return planning_command(values, config, ExplainCommand{.options = {}, .paths = values.texts("PATH")});
    case CommandId::help:
      return help_command(values);
    case CommandId::init:
      return Command(
          InitCommand{values.text("PACKAGE"), values.has("output") ? values.text("output") : kConfigName});
    case CommandId::man:
      return Command(PrintAndExit{man_page()});
    case CommandId::rules:
      return planning_command(values, config, RulesCommand{});
    case CommandId::verify:
      return verify_command(values, config);
    case CommandId::version:
      return Command(PrintAndExit{version_text()});
  }
  return fail("no such command");
}

}  // namespace slim
