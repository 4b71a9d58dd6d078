// What the command line accepts becomes checked options; what it does not is told in one sentence.
#include <gtest/gtest.h>

#include <initializer_list>
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
  EXPECT_EQ(options.python, (PythonVersion{3, 12}));
  EXPECT_EQ(options.arch, Arch::arm64);
  EXPECT_FALSE(options_of({"in.zip", "-n", "--runtime", "nodejs22.x"}).python);
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

TEST(CommandLine, TheTableStatesTheDefaultsThatHold) {
  const Options none = options_of({"in.zip", "-n"});
  std::vector<std::string> words = {"slim", "in.zip", "-n"};
  for (const FlagRow* flag : flags_of(CommandId::slim)) {
    if (!flag->fallback.empty()) words.push_back(format("--{}={}", flag->name, flag->fallback));
  }
  ASSERT_GT(words.size(), 6U);
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  const Result<Command> command = parse_command_line(static_cast<int>(argv.size()), argv.data());
  ASSERT_TRUE(command) << command.error().what;
  const Options& stated = std::get<Options>(*command);
  EXPECT_EQ(stated.strip, none.strip);
  EXPECT_EQ(stated.bytecode, none.bytecode);
  EXPECT_EQ(stated.dist_info, none.dist_info);
  EXPECT_EQ(stated.licences, none.licences);
  EXPECT_EQ(stated.level, none.level);
}

}  // namespace
}  // namespace slim
