#include "cli/flags.h"

#include <algorithm>
#include <array>

namespace slim {
namespace {

constexpr std::array<CommandRow, 9> kCommands = {{
    {CommandId::slim, "slim", "PACKAGE -o OUTPUT [options]",
     "Make a deployment package as small as it can be while it provably still works"},
    {CommandId::check, "check", "check PACKAGE… [options]",
     "Find what would fail at deploy or at the first invoke"},
    {CommandId::completions, "completions", "completions SHELL", "Print the completions for a shell"},
    {CommandId::diff, "diff", "diff A B [options]",
     "Show what differs between two packages, by package and by file"},
    {CommandId::elf, "elf", "elf FILE",
     "Show where every byte of an ELF file belongs, and what strip would save"},
    {CommandId::explain, "explain", "explain PACKAGE PATH… [options]",
     "Tell what happens to files of a package, and why"},
    {CommandId::man, "man", "man", "Print the manual page, as roff: slim man | man -l -"},
    {CommandId::rules, "rules", "rules [PACKAGE] [options]",
     "List the rules with their evidence, and what each saves on a package"},
    {CommandId::verify, "verify", "verify PACKAGE [options]",
     "Import every module of a package; with --against, what imported in the original and doesn't here"},
}};

template <typename... Ids>
constexpr std::uint16_t of_commands(Ids... ids) {
  return static_cast<std::uint16_t>(((1U << static_cast<unsigned>(ids)) | ...));
}

using enum CommandId;
constexpr std::uint16_t kSlim = of_commands(slim);
constexpr std::uint16_t kCheck = of_commands(check);
constexpr std::uint16_t kPlans = of_commands(slim, rules, explain);  // those that make a plan
constexpr std::uint16_t kEvery = 0xffff;

constexpr std::string_view kArguments = "Arguments";
constexpr std::string_view kOutput = "Output";
constexpr std::string_view kTarget = "Where it will run";
constexpr std::string_view kWhatGoes = "What goes and what stays";
constexpr std::string_view kPython = "Python";
constexpr std::string_view kElf = "ELF";
constexpr std::string_view kLimits = "Limits";
constexpr std::string_view kReport = "Report";
constexpr std::string_view kSpeed = "Speed";

constexpr std::string_view kPackageKinds = "A zip, wheel, jar, tar (gz, xz, zst) or folder";

// Rows stand in the order in which the help shows them. One that a command words differently has two.
constexpr auto kFlags = std::to_array<FlagRow>({
    {.name = "PACKAGE",
     .commands = kSlim,
     .section = kArguments,
     .help = kPackageKinds,
     .takes = Takes::package,
     .positional = true},
    {.name = "PACKAGE",
     .commands = of_commands(explain, verify),
     .section = kArguments,
     .help = kPackageKinds,
     .takes = Takes::package,
     .positional = true,
     .required = true},
    {.name = "PACKAGE",
     .commands = kCheck,
     .section = kArguments,
     .help = "A function, and then its layers, as Lambda lays them over each other",
     .takes = Takes::package,
     .many = true,
     .positional = true,
     .required = true},
    {.name = "PACKAGE",
     .commands = of_commands(rules),
     .section = kArguments,
     .help = "What the rules save is told for this package",
     .takes = Takes::package,
     .positional = true},
    {.name = "PATH",
     .commands = of_commands(explain),
     .section = kArguments,
     .help = "Files in it, or globs",
     .many = true,
     .positional = true,
     .required = true},
    {.name = "A",
     .commands = of_commands(diff),
     .section = kArguments,
     .help = "A package, or the JSON report of a run (*.json)",
     .takes = Takes::package,
     .positional = true,
     .required = true},
    {.name = "B",
     .commands = of_commands(diff),
     .section = kArguments,
     .help = "The same, later",
     .takes = Takes::package,
     .positional = true,
     .required = true},
    {.name = "FILE",
     .commands = of_commands(elf),
     .section = kArguments,
     .help = "An ELF file",
     .takes = Takes::file,
     .positional = true,
     .required = true},
    {.name = "SHELL",
     .commands = of_commands(completions),
     .section = kArguments,
     .help = "To be sourced, or put where the shell looks",
     .takes = Takes::choice,
     .positional = true,
     .required = true,
     .choices = "bash zsh fish"},

    {.name = "output",
     .commands = kSlim,
     .section = kOutput,
     .value = "FILE",
     .help = "Where to write; the name chooses .zip, .tar(.gz|.xz|.zst) or folder/",
     .takes = Takes::file,
     .letter = 'o'},
    {.name = "in-place",
     .commands = kSlim,
     .section = kOutput,
     .help = "Change a folder where it is (a Docker build stage)",
     .takes = Takes::nothing},
    {.name = "dry-run",
     .commands = kSlim,
     .section = kOutput,
     .help = "Print the plan, write nothing",
     .takes = Takes::nothing,
     .letter = 'n'},
    {.name = "level",
     .commands = kSlim,
     .section = kOutput,
     .value = "N",
     .help = "Compression, 1 (fast) to 12 (small)",
     .fallback = "6"},

    {.name = "layer",
     .commands = kCheck,
     .section = kTarget,
     .value = "FILE",
     .help = "A layer, wherever it stands",
     .takes = Takes::package,
     .many = true},
    {.name = "runtime",
     .commands = of_commands(slim, rules, explain, check),
     .section = kTarget,
     .value = "ID",
     .help = "Where it will run (python3.12, nodejs22.x, …); default: told by the files"},
    {.name = "runtime",
     .commands = of_commands(verify),
     .section = kTarget,
     .value = "ID",
     .help = "python3.12; default: told by the files"},
    {.name = "arch",
     .commands = of_commands(slim, rules, explain, check),
     .section = kTarget,
     .value = "ARCH",
     .help = "x86_64 or arm64; files of the other are errors (exit code 1)",
     .takes = Takes::choice,
     .choices = "x86_64 arm64"},
    {.name = "ready-for",
     .commands = kCheck,
     .section = kTarget,
     .value = "ARCH",
     .help = "What stands in the way of running on that architecture",
     .takes = Takes::choice,
     .choices = "x86_64 arm64"},
    {.name = "handler",
     .commands = kCheck,
     .section = kTarget,
     .value = "NAME",
     .help = "The function's handler (app.handler): is it there?"},

    {.name = "keep",
     .commands = kPlans,
     .section = kWhatGoes,
     .value = "GLOB",
     .help = "Keep what matches, whatever any rule says",
     .many = true},
    {.name = "drop",
     .commands = kPlans,
     .section = kWhatGoes,
     .value = "GLOB",
     .help = "Drop what matches, unless a --keep holds it",
     .many = true},
    {.name = "enable",
     .commands = kPlans,
     .section = kWhatGoes,
     .value = "RULE",
     .help = "Turn an opt-in rule on",
     .many = true},
    {.name = "disable",
     .commands = kPlans,
     .section = kWhatGoes,
     .value = "RULE",
     .help = "Turn a rule off",
     .many = true},
    {.name = "rules",
     .commands = kPlans,
     .section = kWhatGoes,
     .value = "FILE",
     .help = "More rules, as TOML",
     .takes = Takes::file,
     .many = true},
    {.name = "licenses",
     .commands = kPlans,
     .section = kWhatGoes,
     .value = "MODE",
     .help = "keep each where it is; collect all into one file; drop (you owe them elsewhere)",
     .takes = Takes::choice,
     .choices = "keep collect drop",
     .fallback = "keep"},
    {.name = "services",
     .commands = kPlans,
     .section = kWhatGoes,
     .value = "LIST",
     .help = "AWS services whose botocore data stays (s3,dynamodb); auto: those that the code names",
     .many = true},

    {.name = "bytecode",
     .commands = kPlans,
     .section = kPython,
     .value = "MODE",
     .help = "drop it; keep what is fresh; compile all anew; fit: compile what a size has room for; "
             "sourceless: compiled in place of installed sources, but for packages that read their own "
             "(tracebacks lose lines)",
     .takes = Takes::choice,
     .choices = "drop keep compile fit sourceless",
     .fallback = "drop"},
    {.name = "bytecode-budget",
     .commands = kPlans,
     .section = kPython,
     .value = "SIZE",
     .help = "Unpacked size that --bytecode fit may fill (200MB); default: Lambda's limit"},
    {.name = "dist-info",
     .commands = kPlans,
     .section = kPython,
     .value = "MODE",
     .help = "reduce to what importlib.metadata reads; drop where no code of the package can ask",
     .takes = Takes::choice,
     .choices = "reduce drop",
     .fallback = "reduce"},
    {.name = "verify",
     .commands = kSlim,
     .section = kPython,
     .help = "Import every module before and after; what a regression needs is restored (runs the "
             "package's code)",
     .takes = Takes::nothing},
    {.name = "against",
     .commands = of_commands(verify),
     .section = kPython,
     .value = "ORIGINAL",
     .help = "The package before it was slimmed",
     .takes = Takes::package},
    {.name = "python",
     .commands = of_commands(slim, rules, explain, verify),
     .section = kPython,
     .value = "EXE",
     .help = "The interpreter that imports and compiles; default: of the package's version, on PATH",
     .takes = Takes::file},

    {.name = "strip",
     .commands = kPlans,
     .section = kElf,
     .value = "LEVEL",
     .help = "How much to strip from ELF files: none, debug, symbols, sections",
     .takes = Takes::choice,
     .choices = "none debug symbols sections",
     .fallback = "symbols"},
    {.name = "keep-strip",
     .commands = kPlans,
     .section = kElf,
     .value = "GLOB",
     .help = "Don't strip what matches",
     .many = true},
    {.name = "debug-dir",
     .commands = kSlim,
     .section = kElf,
     .value = "DIR",
     .help = "Keep what strip removes as .debug files, by build id, for gdb, perf and debuginfod",
     .takes = Takes::folder},

    {.name = "budget",
     .commands = kCheck,
     .section = kLimits,
     .value = "NAME=SIZE",
     .help = "zip=20MB, unpacked=120MB or PACKAGE=40MB: more is an error",
     .many = true},
    {.name = "warn-budget",
     .commands = kCheck,
     .section = kLimits,
     .value = "NAME=SIZE",
     .help = "The same, but more is a warning",
     .many = true},
    {.name = "baseline",
     .commands = kCheck,
     .section = kLimits,
     .value = "FILE",
     .help = "Sizes of last time, to be committed: growth is an error",
     .takes = Takes::file},
    {.name = "max-growth",
     .commands = kCheck,
     .section = kLimits,
     .value = "N",
     .help = "Growth beyond the baseline that is allowed: 1% or 200kB",
     .fallback = "1%"},
    {.name = "update-baseline",
     .commands = kCheck,
     .section = kLimits,
     .help = "Write the baseline anew",
     .takes = Takes::nothing},
    {.name = "fail-on",
     .commands = kCheck,
     .section = kLimits,
     .value = "SEVERITY",
     .help = "Exit with 1 from this severity on: error, warning or note",
     .takes = Takes::choice,
     .choices = "error warning note",
     .fallback = "error"},

    {.name = "json",
     .commands = of_commands(slim, check, diff),
     .section = kReport,
     .value = "FILE",
     .help = "Write the full report as JSON; - for standard output",
     .takes = Takes::file},
    {.name = "sbom",
     .commands = kSlim,
     .section = kReport,
     .value = "FILE",
     .help = "Write a bill of materials of the input (CycloneDX 1.6 JSON)",
     .takes = Takes::file},
    {.name = "stats",
     .commands = kSlim,
     .section = kReport,
     .help = "Tell what each stage took: time, bytes, peak memory",
     .takes = Takes::nothing},
    {.name = "trace",
     .commands = kSlim,
     .section = kReport,
     .value = "FILE",
     .help = "Write what each thread did, as a Chrome trace (ui.perfetto.dev opens it)",
     .takes = Takes::file},
    {.name = "quiet",
     .commands = of_commands(slim, check),
     .section = kReport,
     .help = "Print nothing but errors",
     .takes = Takes::nothing,
     .letter = 'q'},
    {.name = "help",
     .commands = kEvery,
     .section = kReport,
     .help = "Print this help and exit",
     .takes = Takes::nothing,
     .letter = 'h'},
    {.name = "version",
     .commands = kSlim,
     .section = kReport,
     .help = "Print slim's version and exit",
     .takes = Takes::nothing},

    {.name = "threads",
     .commands = of_commands(slim, rules, explain, check, verify),
     .section = kSpeed,
     .value = "N",
     .help = "Threads; the output is the same for any number",
     .letter = 'j'},
    {.name = "cache",
     .commands = kSlim,
     .section = kSpeed,
     .value = "WHERE",
     .help = "Folder for the results of earlier runs; off; or http://HOST/PATH to share them, beside the "
             "folder; default: $SLIM_CACHE, or slim in the user's cache folder",
     .takes = Takes::folder},
    {.name = "cache-limit",
     .commands = kSlim,
     .section = kSpeed,
     .value = "SIZE",
     .help = "What the cache folder may hold; what was not used for longest goes",
     .fallback = "2GB"},
    {.name = "max-memory",
     .commands = kSlim,
     .section = kSpeed,
     .value = "SIZE",
     .help = "Bound on the contents that are in memory at a time",
     .fallback = "1GB"},
    {.name = "fast",
     .commands = kSlim,
     .section = kSpeed,
     .help =
         "Copy what stays as it is without packing it anew: the output then also depends on how the input "
         "was packed",
     .takes = Takes::nothing},
});

}  // namespace

std::span<const CommandRow> commands() { return kCommands; }

std::span<const FlagRow> flags() { return kFlags; }

const CommandRow& command_row(CommandId id) { return *std::ranges::find(kCommands, id, &CommandRow::id); }

bool belongs_to(const FlagRow& flag, CommandId id) { return (flag.commands & of_commands(id)) != 0; }

std::vector<const FlagRow*> flags_of(CommandId id) {
  std::vector<const FlagRow*> rows;
  for (const FlagRow& flag : kFlags) {
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
