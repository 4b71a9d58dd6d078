#include "commands/elf_command.h"

#include <cstdio>

#include "elf/account.h"
#include "elf/facts.h"
#include "elf/reader.h"
#include "elf/strip.h"
#include "util/file.h"
#include "util/format.h"

namespace slim {
namespace {

void print(const std::string& text) { std::fputs(text.c_str(), stdout); }

void print_fact(const char* label, const std::string& value) {
  if (!value.empty()) print(format("  {:<12} {}\n", label, printable(value)));
}

void print_facts(const elf::Facts& facts) {
  print_fact("machine", elf::machine_name(facts));
  print_fact("interpreter", facts.interpreter);
  print_fact("soname", facts.soname);
  for (const std::string& library : facts.needed) print_fact("needs", library);
  print_fact("rpath", facts.rpath);
  print_fact("runpath", facts.runpath);
  for (const elf::VersionNeed& need : facts.version_needs)
    print_fact("version", need.version + " of " + need.library);
  print_fact("build id", facts.build_id);
}

void print_account(const elf::Image& image) {
  print(format("\n  {:<34} {:>13}  {}\n", "bytes belong to", "", ""));
  for (const elf::Share& share : elf::account_for(image)) {
    print(format("  {:<34} {:>13}  {}\n", printable(share.owner), with_commas(share.bytes),
                 share.loaded ? "loaded" : ""));
  }
  print(format("  {:<34} {:>13}\n", "in all", with_commas(image.bytes.size())));
}

void print_savings(ByteView file) {
  print("\n");
  for (const elf::StripLevel level :
       {elf::StripLevel::debug, elf::StripLevel::symbols, elf::StripLevel::sections}) {
    const elf::StripResult result = elf::strip(file, level);
    const std::string outcome = result.bytes
                                    ? format("saves {}", with_commas(file.size() - result.bytes->size()))
                                    : format("saves nothing: {}", result.reason);
    print(format("  --strip {:<10} {}\n", elf::strip_level_name(level), outcome));
  }
}

}  // namespace

Result<int> run_elf_command(const std::string& path) {
  TRY(const Bytes file, read_file(path));
  if (!elf::has_elf_magic(file)) return fail(printable(path) + ": is no ELF file: name a library or program");
  print(format("{}  {} bytes\n\n", printable(path), with_commas(file.size())));
  if (const Result<elf::Facts> facts = elf::read_facts(file)) {
    print_facts(*facts);
  } else {
    print(format("  {}\n", facts.error().what));
  }
  if (const Result<elf::Image> image = elf::read_image(file)) {
    print_account(*image);
  } else {
    print(format("\n  {}: its bytes can't be accounted for\n", image.error().what));
  }
  print_savings(file);
  return 0;
}

}  // namespace slim
