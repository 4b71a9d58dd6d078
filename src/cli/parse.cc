#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string_view>

#include "util/format.h"
#include "util/version.h"

namespace slim {
namespace {

// Flags as typed, before they are checked.
struct RawFlags {
  std::string strip = "symbols";
  std::string bytecode = "drop";
  std::string licences = "keep";
  std::string arch;
  std::string dist_info = "reduce";
};

void add_strings(CLI::App& app, const std::string& flag, std::vector<std::string>& target,
                 const std::string& help, const std::string& type) {
  app.add_option(flag, target, help)->allow_extra_args(false)->type_name(type);
}

// What a plan depends on.
void declare_choices(CLI::App& app, Options& options, RawFlags& raw) {
  add_strings(app, "--keep", options.keep, "Keep what matches, whatever any rule says", "GLOB");
  add_strings(app, "--drop", options.drop, "Drop what matches, unless a --keep holds it", "GLOB");
  add_strings(app, "--enable", options.enable, "Turn an opt-in rule on", "RULE");
  add_strings(app, "--disable", options.disable, "Turn a rule off", "RULE");
  add_strings(app, "--rules", options.rule_files, "More rules, as TOML", "FILE");
  app.add_option("--strip", raw.strip, "How much to strip from ELF files: none, debug, symbols, sections")
      ->type_name("LEVEL")
      ->capture_default_str();
  add_strings(app, "--keep-strip", options.keep_strip, "Don't strip what matches", "GLOB");
  app.add_option("--runtime", options.runtime,
                 "Where it will run (python3.12, nodejs22.x, …); default: told by the files")
      ->type_name("ID");
  app.add_option("--arch", raw.arch, "x86_64 or arm64; files of the other are errors (exit code 1)")
      ->type_name("ARCH");
}

void declare_main(CLI::App& app, Options& options, RawFlags& raw) {
  app.add_option("PACKAGE", options.input, "A zip, wheel, jar, tar (gz, xz, zst) or folder");
  app.add_option("-o,--output", options.output,
                 "Where to write; the name chooses .zip, .tar(.gz|.xz|.zst) or folder/")
      ->type_name("FILE");
  app.add_flag("--in-place", options.in_place, "Change a folder where it is (a Docker build stage)");
  app.add_flag("-n,--dry-run", options.dry_run, "Print the plan, write nothing");

  declare_choices(app, options, raw);
  app.add_option("--debug-dir", options.debug_dir,
                 "Keep what strip removes as .debug files, by build id, for gdb, perf and debuginfod")
      ->type_name("DIR");

  app.add_option(
         "--bytecode", raw.bytecode,
         "drop it; keep what is fresh; compile all anew; fit: compile what a size has room for; sourceless: "
         "compiled in place of installed sources, but for packages that read their own (tracebacks lose "
         "lines)")
      ->type_name("MODE")
      ->capture_default_str();
  app.add_option("--bytecode-budget", options.bytecode_budget,
                 "Unpacked size that --bytecode fit may fill (200MB); default: Lambda's limit")
      ->transform(CLI::AsSizeValue(true))
      ->type_name("SIZE");

  app.add_option("--dist-info", raw.dist_info,
                 "reduce to what importlib.metadata reads; drop where no code of the package can ask")
      ->type_name("MODE")
      ->capture_default_str();

  app.add_option("--licenses", raw.licences,
                 "keep each where it is; collect all into one file; drop (you owe them elsewhere)")
      ->type_name("MODE")
      ->capture_default_str();
  app.add_option("--services", options.services,
                 "AWS services whose botocore data stays (s3,dynamodb); auto: those that the code names")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("LIST");

  app.add_flag(
      "--verify", options.verify,
      "Import every module before and after; what a regression needs is restored (runs the package's code)");
  app.add_option("--python", options.interpreter,
                 "The interpreter for --verify and --bytecode; default: of the package's version, on PATH")
      ->type_name("EXE");

  app.add_option("--level", options.level, "Compression, 1 (fast) to 12 (small)")
      ->check(CLI::Range(1, 12))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("-j,--threads", options.threads, "Threads; the output is the same for any number")
      ->check(CLI::Range(1U, 1024U))
      ->type_name("N");
  app.add_option("--json", options.json, "Write the full report as JSON; - for standard output")
      ->type_name("FILE");
  app.add_option("--sbom", options.sbom, "Write a bill of materials of the input (CycloneDX 1.6 JSON)")
      ->type_name("FILE");
  app.add_flag("--stats", options.stats, "Tell what each stage took: time, bytes, peak memory");
  app.add_option("--trace", options.trace,
                 "Write what each thread did as a Chrome trace (ui.perfetto.dev opens it)")
      ->type_name("FILE");
  app.add_option("--max-memory", options.max_memory, "Bound on contents in memory at a time (512MB)")
      ->transform(CLI::AsSizeValue(true))
      ->type_name("SIZE");
  app.add_flag("-q,--quiet", options.quiet, "Print nothing but errors");
}

struct Suffix {
  std::string_view text;
  ContainerFormat format;
};
constexpr std::array<Suffix, 11> kSuffixes = {{{".zip", ContainerFormat::zip},
                                               {".whl", ContainerFormat::zip},
                                               {".jar", ContainerFormat::zip},
                                               {".war", ContainerFormat::zip},
                                               {".tar", ContainerFormat::tar},
                                               {".tar.gz", ContainerFormat::tar_gz},
                                               {".tgz", ContainerFormat::tar_gz},
                                               {".tar.xz", ContainerFormat::tar_xz},
                                               {".txz", ContainerFormat::tar_xz},
                                               {".tar.zst", ContainerFormat::tar_zst},
                                               {".tzst", ContainerFormat::tar_zst}}};

Result<ContainerFormat> format_by_name(const std::string& output) {
  std::error_code ignored;
  if (output.ends_with('/') || std::filesystem::is_directory(output, ignored)) return ContainerFormat::folder;
  for (const Suffix& suffix : kSuffixes) {
    if (output.ends_with(suffix.text)) return suffix.format;
  }
  const std::string name = std::filesystem::path(output).filename().string();
  if (name.find('.') == std::string::npos) return ContainerFormat::folder;
  return fail(
      format("--output {}: the name says no format: end it with .zip, .whl, .jar, .tar, .tar.gz, .tar.xz, "
             ".tar.zst, or "
             "with / for a folder",
             printable(output)));
}

// "python3.12" -> 3.12; other runtimes have no Python version.
Result<std::optional<PythonVersion>> python_of_runtime(const std::string& runtime) {
  if (!runtime.starts_with("python")) return std::optional<PythonVersion>{};
  const std::string digits = runtime.substr(6);
  const bool well_formed = digits.size() >= 3 && digits.size() <= 4 && digits.starts_with("3.") &&
                           std::ranges::all_of(digits.substr(2), [](char c) { return c >= '0' && c <= '9'; });
  if (!well_formed) {
    return fail(format("--runtime {}: is no Python runtime: write it as python3.12", printable(runtime)));
  }
  return std::optional(PythonVersion{3, std::stoi(digits.substr(2))});
}

Status check_targets(const Options& options) {
  if (options.input.empty()) return fail("no package was named: slim in.zip -o out.zip");
  if (options.in_place && !options.output.empty())
    return fail("--in-place and --output exclude each other: name one");
  if (options.verify && (options.in_place || options.dry_run)) {
    return fail(format("--verify tries what was written to a new output: leave out {}, and name one with -o",
                       options.in_place ? "--in-place" : "--dry-run"));
  }
  if (options.in_place || options.dry_run || !options.output.empty()) return {};
  return fail(
      "no output was named: add -o out.zip, or --dry-run to see the plan, or --in-place for a folder");
}

// Flags of `slim check` as typed.
struct RawCheck {
  std::string arch;
  std::string ready_for;
  std::string fail_on = "error";
  std::string max_growth = "1%";
  std::vector<std::string> budgets;
  std::vector<std::string> warn_budgets;
};

void declare_check(CLI::App& app, CheckRequest& request, RawCheck& raw) {
  app.add_option("PACKAGE", request.packages,
                 "A function, and then its layers, as Lambda lays them over each other")
      ->required();
  add_strings(app, "--layer", request.layers, "A layer, wherever it stands", "FILE");
  app.add_option("--runtime", request.runtime, "Where it will run; default: told by the files")
      ->type_name("ID");
  app.add_option("--arch", raw.arch, "x86_64 or arm64; files of the other are errors")->type_name("ARCH");
  app.add_option("--ready-for", raw.ready_for, "What stands in the way of running on that architecture")
      ->type_name("ARCH");
  app.add_option("--handler", request.handler, "The function's handler (app.handler): is it there?")
      ->type_name("NAME");
  add_strings(app, "--budget", raw.budgets, "zip=20MB, unpacked=120MB or PACKAGE=40MB: more is an error",
              "NAME=SIZE");
  add_strings(app, "--warn-budget", raw.warn_budgets, "The same, but more is a warning", "NAME=SIZE");
  app.add_option("--baseline", request.baseline, "Sizes of last time, to be committed: growth is an error")
      ->type_name("FILE");
  app.add_option("--max-growth", raw.max_growth, "Growth beyond the baseline that is allowed: 1% or 200kB")
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--update-baseline", request.update_baseline, "Write the baseline anew");
  app.add_option("--fail-on", raw.fail_on, "Exit with 1 from this severity on: error, warning or note")
      ->type_name("SEVERITY")
      ->capture_default_str();
  app.add_option("--json", request.json, "Write the report as JSON; - for standard output")
      ->type_name("FILE");
  app.add_option("-j,--threads", request.threads, "Threads")->check(CLI::Range(1U, 1024U))->type_name("N");
  app.add_flag("-q,--quiet", request.quiet, "Print nothing but errors");
}

Result<std::optional<Arch>> arch_of_flag(const char* flag, const std::string& name) {
  if (name.empty()) return std::optional<Arch>{};
  const std::optional<Arch> arch = arch_from(name);
  if (!arch) return fail(format("{} {}: is no architecture: x86_64 or arm64", flag, printable(name)));
  return arch;
}

Result<Severity> severity_of_flag(const std::string& name) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
    if (name == severity_name(severity)) return severity;
  }
  return fail(format("--fail-on {}: is no severity: error, warning or note", printable(name)));
}

Status add_budgets(const char* flag, const std::vector<std::string>& texts, bool hard,
                   std::vector<Budget>& budgets) {
  for (const std::string& text : texts) {
    Result<Budget> budget = parse_budget(text, hard);
    if (!budget) return tl::unexpected(at(flag, std::move(budget.error())));
    budgets.push_back(std::move(*budget));
  }
  return {};
}

Result<Command> checked(CheckRequest request, const RawCheck& raw) {
  TRY(request.arch, arch_of_flag("--arch", raw.arch));
  TRY(request.ready_for, arch_of_flag("--ready-for", raw.ready_for));
  TRY(request.fail_on, severity_of_flag(raw.fail_on));
  CHECK_OK(add_budgets("--budget", raw.budgets, true, request.budgets));
  CHECK_OK(add_budgets("--warn-budget", raw.warn_budgets, false, request.budgets));
  Result<Allowance> growth = parse_allowance(raw.max_growth);
  if (!growth) return tl::unexpected(at("--max-growth", std::move(growth.error())));
  request.max_growth = *growth;
  if (request.update_baseline && request.baseline.empty())
    return fail("--update-baseline: which file? Name it with --baseline FILE.json");
  return Command(std::move(request));
}

Status check_choices(Options& options, const RawFlags& raw) {
  const auto level = elf::strip_level_from(raw.strip);
  if (!level)
    return fail(format("--strip {}: is no level: none, debug, symbols or sections", printable(raw.strip)));
  options.strip = *level;
  const auto bytecode = bytecode_mode_from(raw.bytecode);
  if (!bytecode)
    return fail(
        format("--bytecode {}: is no mode: drop, keep, compile, fit or sourceless", printable(raw.bytecode)));
  options.bytecode = *bytecode;
  const auto dist_info = dist_info_mode_from(raw.dist_info);
  if (!dist_info) return fail(format("--dist-info {}: is no mode: reduce or drop", printable(raw.dist_info)));
  options.dist_info = *dist_info;
  const auto licences = licence_mode_from(raw.licences);
  if (!licences)
    return fail(format("--licenses {}: is no mode: keep, collect or drop", printable(raw.licences)));
  options.licences = *licences;
  TRY(options.arch, arch_of_flag("--arch", raw.arch));
  TRY(options.python, python_of_runtime(options.runtime));
  return {};
}

Result<Command> checked(Options options, const RawFlags& raw) {
  CHECK_OK(check_targets(options));
  if (!options.output.empty()) {
    TRY(options.output_format, format_by_name(options.output));
    while (options.output.size() > 1 && options.output.ends_with('/')) options.output.pop_back();
  }
  if (options.in_place) options.output_format = ContainerFormat::folder;
  CHECK_OK(check_choices(options, raw));
  return Command(std::move(options));
}

const CLI::App* declare_verify(CLI::App& app, VerifyCommand& verify) {
  CLI::App* command = app.add_subcommand(
      "verify",
      "Import every module of a package; with --against, what imported in the original and doesn't here");
  command->add_option("PACKAGE", verify.package, "A zip, wheel, tar (gz, xz, zst) or folder")->required();
  command->add_option("--against", verify.against, "The package before it was slimmed")
      ->type_name("ORIGINAL");
  command
      ->add_option("--python", verify.python, "The interpreter; default: of the package's version, on PATH")
      ->type_name("EXE");
  command->add_option("--runtime", verify.runtime, "python3.12; default: told by the files")->type_name("ID");
  command->add_option("-j,--threads", verify.threads, "Imports at a time")
      ->check(CLI::Range(1U, 1024U))
      ->type_name("N");
  return command;
}

const CLI::App* declare_diff(CLI::App& app, DiffCommand& diff) {
  CLI::App* command =
      app.add_subcommand("diff", "Show what differs between two packages, by package and by file");
  command->add_option("A", diff.before, "A package, or the JSON report of a run (*.json)")->required();
  command->add_option("B", diff.after, "The same, later")->required();
  command->add_option("--json", diff.json, "Write the comparison as JSON; - for standard output")
      ->type_name("FILE");
  return command;
}

const CLI::App* declare_rules(CLI::App& app, RulesCommand& rules, RawFlags& raw) {
  CLI::App* command =
      app.add_subcommand("rules", "List the rules with their evidence, and what each saves on a package");
  command->add_option("PACKAGE", rules.options.input, "What the rules save is told for this package");
  declare_choices(*command, rules.options, raw);
  return command;
}

const CLI::App* declare_explain(CLI::App& app, ExplainCommand& explain, RawFlags& raw) {
  CLI::App* command = app.add_subcommand("explain", "Tell what happens to files of a package, and why");
  command->add_option("PACKAGE", explain.options.input, "A zip, wheel, jar, tar (gz, xz, zst) or folder")
      ->required();
  command->add_option("PATH", explain.paths, "Files in it, or globs")->required();
  declare_choices(*command, explain.options, raw);
  return command;
}

// CLI11's own usage line knows nothing of a main job beside the subcommands.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string name) const override {
    if (app->get_parent() != nullptr) return CLI::Formatter::make_usage(app, std::move(name));
    return "\nUsage: slim PACKAGE -o OUTPUT [options]\n       slim COMMAND …\n";
  }
};

std::string first_sentence(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  while (text.ends_with(' ') || text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

Result<Command> parse_command_line(int argc, const char* const* argv) {
  CLI::App app("Makes a deployment package as small as it can be while it provably still works.", "slim");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_version_flag("--version", std::string("slim ") + version());
  app.get_formatter()->column_width(30);

  Options options;
  RawFlags raw;
  declare_main(app, options, raw);

  ElfCommand elf;
  CLI::App* elf_app =
      app.add_subcommand("elf", "Show where every byte of an ELF file belongs, and what strip would save");
  elf_app->add_option("FILE", elf.file, "An ELF file")->required();

  CheckRequest check;
  RawCheck raw_check;
  CLI::App* check_app = app.add_subcommand("check", "Find what would fail at deploy or at the first invoke");
  declare_check(*check_app, check, raw_check);
  DiffCommand diff;
  const CLI::App* diff_app = declare_diff(app, diff);
  RulesCommand rules;
  RawFlags raw_rules;
  const CLI::App* rules_app = declare_rules(app, rules, raw_rules);
  ExplainCommand explain;
  RawFlags raw_explain;
  const CLI::App* explain_app = declare_explain(app, explain, raw_explain);
  VerifyCommand verify;
  const CLI::App* verify_app = declare_verify(app, verify);

  try {
    app.parse(argc, argv);
    if (check_app->parsed()) return checked(std::move(check), raw_check);
    if (diff_app->parsed()) return Command(std::move(diff));
    if (rules_app->parsed()) {
      CHECK_OK(check_choices(rules.options, raw_rules));
      return Command(std::move(rules));
    }
    if (explain_app->parsed()) {
      CHECK_OK(check_choices(explain.options, raw_explain));
      return Command(std::move(explain));
    }
    if (elf_app->parsed()) return Command(std::move(elf));
    if (verify_app->parsed()) {
      TRY(verify.version, python_of_runtime(verify.runtime));
      return Command(std::move(verify));
    }
  } catch (const CLI::CallForVersion& call) {
    return Command(PrintAndExit{std::string(call.what()) + "\n"});
  } catch (const CLI::CallForHelp&) {
    return Command(PrintAndExit{app.help()});
  } catch (const CLI::ParseError& error) {
    return fail(first_sentence(error.what()) + ": see slim --help");
  }
  return checked(std::move(options), raw);
}

}  // namespace slim
