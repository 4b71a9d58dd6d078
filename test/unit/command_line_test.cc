// What the command line accepts becomes checked options; what it does not is told in one sentence.
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "cli/flags.h"
#include "cli/parse.h"
#include "util/format.h"

namespace slim {
namespace {

Result<Command> parse(std::initializer_list<const char*> arguments) {
  std::vector<const char*> argv = {"slim"};
  argv.insert(argv.end(), arguments);
  return parse_command_line(static_cast<int>(argv.size()), argv.data());
}

Options options_of(std::initializer_list<const char*> arguments) {
  const Result<Command> command = parse(arguments);
  EXPECT_TRUE(command) << (command ? "" : command.error().what);
  return command ? std::get<Options>(*command) : Options{};
}

std::string error_of(std::initializer_list<const char*> arguments) {
  const Result<Command> command = parse(arguments);
  EXPECT_FALSE(command);
  return command ? "" : command.error().what;
}

TEST(CommandLine, TheOutputsNameChoosesItsFormat) {
  EXPECT_EQ(options_of({"in.zip", "-o", "out.zip"}).output_format, ContainerFormat::zip);
  EXPECT_EQ(options_of({"in.zip", "-o", "out.tar.gz"}).output_format, ContainerFormat::tar_gz);
  EXPECT_EQ(options_of({"in.zip", "-o", "out.tar.zst"}).output_format, ContainerFormat::tar_zst);
  EXPECT_EQ(options_of({"in.zip", "-o", "folder/"}).output_format, ContainerFormat::folder);
  EXPECT_EQ(options_of({"in.zip", "-o", "folder/"}).output, "folder");
  EXPECT_NE(error_of({"in.zip", "-o", "out.rar"}).find("says no format"), std::string::npos);
}

TEST(CommandLine, AStreamIsAZip) {
  const Options options = options_of({"-", "-o", "-"});
  EXPECT_TRUE(options.to_stdout());
  EXPECT_EQ(options.output_format, ContainerFormat::zip);
  EXPECT_FALSE(options_of({"in.zip", "--output=-/"}).to_stdout());
  EXPECT_EQ(options_of({"in.zip", "--output=-/"}).output_format, ContainerFormat::folder);
}

TEST(CommandLine, ANameWithoutSuffixIsAFoldersOnlyWhereAFolderIsReadOrThere) {
  EXPECT_NE(error_of({"in.zip", "-o", "o/x"}).find("with / for a folder"), std::string::npos);
  EXPECT_EQ(options_of({"/", "-o", "o/x"}).output_format, ContainerFormat::folder);
  EXPECT_EQ(options_of({"in.zip", "-o", "/tmp"}).output_format, ContainerFormat::folder);
}

TEST(CommandLine, ListsTakeOneValuePerFlagSoThatThePackageIsNeverSwallowed) {
  const Options options = options_of({"--keep", "a/**", "--keep", "b", "in.zip", "-n"});
  ASSERT_EQ(options.keep.size(), 2U);
  EXPECT_EQ(options.keep[0].text, "a/**");
  EXPECT_EQ(options.keep[1].text, "b");
  EXPECT_EQ(options.input, "in.zip");
}

TEST(CommandLine, RuntimeAndArchAreUnderstood) {
  const Options options = options_of({"in.zip", "-n", "--runtime", "python3.12", "--arch", "aarch64"});
  EXPECT_EQ(options.python.version, (LanguageVersion{3, 12}));
  EXPECT_EQ(options.arch, Arch::arm64);
  EXPECT_FALSE(options_of({"in.zip", "-n", "--runtime", "nodejs22.x"}).python.version);
  EXPECT_EQ(options_of({"in.zip", "-n", "--services", "s3, ec2", "--services", "auto"}).services.size(), 3U);
}

TEST(CommandLine, ARuntimeIsOneOfLambdas) {
  EXPECT_NE(error_of({"in.zip", "-n", "--runtime", "node22"}).find("did you mean 'nodejs22.x'"),
            std::string::npos);
  EXPECT_NE(error_of({"check", "in.zip", "--runtime", "python3.99"}).find("'python3.14'"), std::string::npos);
  EXPECT_NE(error_of({"verify", "in.zip", "--runtime", "java21"}).find("is no Python"), std::string::npos);
}

TEST(CommandLine, TheHelpOfHelpNamesEveryCommand) {
  std::vector<std::string> names;
  for (const CommandRow& row : commands()) {
    if (row.id != CommandId::slim) names.emplace_back(row.name);
  }
  const std::vector<const FlagRow*> rows = flags_of(CommandId::help);
  EXPECT_EQ(choices_of(*rows.front()), names);
  for (const std::string& name : names) {
    const Result<Command> command = parse({"help", name.c_str()});
    ASSERT_TRUE(command);
    EXPECT_NE(std::get<PrintAndExit>(*command).text.find("Usage: slim " + name), std::string::npos);
  }
}

TEST(CommandLine, RefusesWhatItCannotDo) {
  EXPECT_NE(error_of({"in.zip"}).find("no output was named"), std::string::npos);
  EXPECT_NE(error_of({"-o", "out.zip"}).find("no package was named"), std::string::npos);
  EXPECT_NE(error_of({"dir", "--in-place", "-o", "x.zip"}).find("exclude each other"), std::string::npos);
  EXPECT_NE(error_of({"in.zip", "-n", "--arch", "mips"}).find("x86_64 or arm64"), std::string::npos);
  EXPECT_NE(error_of({"in.zip", "-n", "--strip", "all"}).find("symbols"), std::string::npos);
  EXPECT_NE(error_of({"in.zip", "-n", "--runtime", "python312"}).find("python3.12"), std::string::npos);
  EXPECT_FALSE(error_of({"in.zip", "-n", "--no-such-flag"}).empty());
  EXPECT_NE(error_of({"in.zip", "-n", "--level", "13"}).find("from 1 to 12"), std::string::npos);
  EXPECT_NE(error_of({"in.zip", "-n", "--bytcode", "fit"}).find("did you mean '--bytecode'"),
            std::string::npos);
  EXPECT_NE(error_of({"check", "in.zip", "--output", "x"}).find("no flag of slim check"), std::string::npos);
}

TEST(CommandLine, HelpIsThatOfTheCommand) {
  const Result<Command> check = parse({"check", "--help"});
  ASSERT_TRUE(check);
  EXPECT_EQ(std::get<PrintAndExit>(*check).text, help_text(CommandId::check));
  EXPECT_NE(help_text(CommandId::check), help_text(CommandId::slim));
}

bool same(const Given& a, const Given& b) { return a.text == b.text; }
bool same(const ConfigUse& a, const ConfigUse& b) { return a.path == b.path && a.profile == b.profile; }
bool same(const std::vector<Given>& a, const std::vector<Given>& b) {
  return std::ranges::equal(a, b, [](const Given& one, const Given& other) { return same(one, other); });
}
template <typename T>
bool same(const T& a, const T& b) {
  return a == b;
}

// By structured binding, so that a new option does not compile until it is named here.
auto fields(const Options& options) {
  const auto& [input, output, output_format, in_place, dry_run, config, keep, drop, enable, disable,
               rule_files, keep_strip, strip, python, licences, services, debug_dir, runtime, arch, level,
               threads, json, markdown, html, sbom, write_start_list, verify, verify_commands, verify_seconds,
               quiet, stats, trace, cache, cache_limit, fast, max_memory] = options;
  const auto& [version, interpreter, bytecode, bytecode_budget, handler, start_list, must_not_load,
               dist_info] = python;
  return std::tie(input, output, output_format, in_place, dry_run, config, keep, drop, enable, disable,
                  rule_files, keep_strip, strip, version, interpreter, bytecode, bytecode_budget, handler,
                  start_list, must_not_load, dist_info, licences, services, debug_dir, runtime, arch, level,
                  threads, json, markdown, html, sbom, write_start_list, verify, verify_commands,
                  verify_seconds, quiet, stats, trace, cache, cache_limit, fast, max_memory);
}

// The places of the options that differ, in the order of model/options.h, from 0.
std::vector<std::size_t> differing(const Options& a, const Options& b) {
  std::vector<std::size_t> places;
  const auto left = fields(a);
  const auto right = fields(b);
  const auto compare = [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((same(std::get<I>(left), std::get<I>(right)) ? void() : places.push_back(I)), ...);
  };
  compare(std::make_index_sequence<std::tuple_size_v<decltype(left)>>());
  return places;
}

Options options_of_words(const std::vector<std::string>& words) {
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  const Result<Command> command = parse_command_line(static_cast<int>(argv.size()), argv.data());
  EXPECT_TRUE(command) << (command ? "" : command.error().what);
  return command ? std::get<Options>(*command) : Options{};
}

TEST(CommandLine, WithoutFlagsAllOptionsAreTheDefaults) {
  Options none;
  none.input = "in.zip";
  none.dry_run = true;
  EXPECT_EQ(differing(options_of({"in.zip", "-n"}), none), std::vector<std::size_t>());
}

// A value that is not the flag's fallback shows: so the flags below do arrive where their defaults are compared.
TEST(CommandLine, TheTableStatesTheDefaultsThatHold) {
  const std::map<std::string_view, const char*> others = {
      {"level", "7"},           {"licenses", "drop"}, {"bytecode", "fit"},    {"dist-info", "drop"},
      {"verify-timeout", "99"}, {"strip", "none"},    {"cache-limit", "3GB"}, {"max-memory", "3GB"}};
  const Options none = options_of({"in.zip", "-n"});
  std::vector<std::string> words = {"slim", "in.zip", "-n"};
  std::set<std::size_t> places;
  std::size_t with_default = 0;
  for (const FlagRow* flag : flags_of(CommandId::slim)) {
    if (flag->fallback.empty()) continue;
    ++with_default;
    words.push_back(format("--{}={}", flag->name, flag->fallback));
    ASSERT_TRUE(others.contains(flag->name))
        << "--" << flag->name << ": name another value than its default here";
    const Options changed =
        options_of_words({"slim", "in.zip", "-n", format("--{}={}", flag->name, others.at(flag->name))});
    const std::vector<std::size_t> changes = differing(changed, none);
    EXPECT_EQ(changes.size(), 1U) << "--" << flag->name;
    places.insert(changes.begin(), changes.end());
  }
  EXPECT_EQ(with_default, others.size());
  EXPECT_EQ(places.size(), others.size()) << "each flag sets an option of its own";
  EXPECT_EQ(differing(options_of_words(words), none), std::vector<std::size_t>());
}

}  // namespace
}  // namespace slim
