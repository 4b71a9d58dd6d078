#include "commands/elf_command.h"

#include <algorithm>
#include <cstdio>

#include "elf/account.h"
#include "elf/facts.h"
#include "elf/reader.h"
#include "elf/strip.h"
#include "report/output.h"
#include "report/painter.h"
#include "report/text_table.h"
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

void print_account(const elf::Image& image, const TerminalStyle& style) {
  TextTable table({"bytes belong to", 34}, {{"", 13}, {"", 0, true}});
  for (const elf::Share& share : elf::account_for(image))
    table.add_row({printable(share.owner)}, {{with_commas(share.bytes)}, {share.loaded ? " loaded" : ""}});
  table.add_row({"in all"}, {{with_commas(image.bytes.size())}, {""}});
  print("\n" + table.text(Painter(style), style.width));
}

std::string outcome_of(const elf::StripResult& result, std::uint64_t before) {
  if (!result.bytes) return format("saves nothing: {}", result.reason);
  std::string text = format("saves {}", with_commas(before - result.bytes->size()));
  if (!result.held_back.empty()) text += format(" ({})", result.held_back);
  return text;
}

// Also says why no more can go: what is left is loaded, or keeps loaded bytes at their place.
void print_savings(const elf::Image& image, const TerminalStyle& style) {
  print("\n");
  std::uint64_t smallest = image.bytes.size();
  for (const elf::StripLevel level :
       {elf::StripLevel::debug, elf::StripLevel::symbols, elf::StripLevel::sections}) {
    const elf::StripResult result = elf::strip(image.bytes, level);
    if (result.bytes) smallest = std::min<std::uint64_t>(smallest, result.bytes->size());
    print(format("  --strip {:<10} {}\n", elf::strip_level_name(level),
                 hanging(outcome_of(result, image.bytes.size()), 21, 4, style.width)));
  }
  std::uint64_t loaded = 0;
  for (const elf::Share& share : elf::account_for(image)) loaded += share.loaded ? share.bytes : 0;
  if (smallest < loaded) return;
  const std::string rest = format(
      "Of the {} bytes that stay at least, {} are loaded, and {} are headers or keep the segments "
      "aligned.",
      with_commas(smallest), with_commas(loaded), with_commas(smallest - loaded));
  print(format("\n  {}\n", hanging(rest, 2, 2, style.width)));
}

}  // namespace

Result<int> run_elf_command(const std::string& path) {
  TRY(const Bytes file, read_file(path));
  if (!elf::has_elf_magic(file)) return fail(printable(path) + ": is no ELF file: name a library or program");
  const TerminalStyle style = style_of_stdout();
  print(format("{}  {} bytes\n\n", printable(path), with_commas(file.size())));
  if (const Result<elf::Facts> facts = elf::read_facts(file)) {
    print_facts(*facts);
  } else {
    print(format("  {}\n", facts.error().what));
  }
  if (const Result<elf::Image> image = elf::read_image(file)) {
    print_account(*image, style);
    print_savings(*image, style);
  } else {
    print(format("\n  {}: its bytes can't be accounted for\n", image.error().what));
  }
  return 0;
}

}  // namespace slim
