// Any bytes as an ELF file, stripped at every level. No crash and no hang, in LIEF neither; and what comes
// out is smaller, reads strictly, is the same program to slim's judge and to LIEF, and can't be stripped
// further.
#include <cstdlib>

#include "elf/account.h"
#include "elf/ambiguity.h"
#include "elf/facts.h"
#include "elf/filler.h"
#include "elf/page_align.h"
#include "elf/reader.h"
#include "elf/second_opinion.h"
#include "elf/strip.h"
#include "elf/verify.h"

namespace {

using namespace slim;
using elf::StripLevel;

void expect(bool truth) {
  if (!truth) std::abort();
}

void check_strip(const elf::Image& image, StripLevel level) {
  const elf::StripResult result = elf::strip(image.bytes, level);
  expect(!result.doubtful);  // what the writer makes is right, not only caught when wrong
  if (!result.bytes) {
    expect(!result.reason.empty());
    return;
  }
  expect(result.bytes->size() < image.bytes.size());
  expect(result.level != StripLevel::none && result.level <= level);
  const auto again = elf::read_image(*result.bytes);
  expect(again.has_value() && again->section_fault.empty());
  expect(again->sections.empty() == (result.level == StripLevel::sections));
  expect(elf::difference(image, *result.bytes).empty());
  const std::uint64_t symbols = elf::dynamic_symbol_count(image);
  expect(elf::difference(elf::second_opinion(elf::with_page_alignment(elf::without_filler(image)), symbols),
                         *result.bytes, symbols)
             .empty());
  expect(!elf::strip(ByteView(*result.bytes), level).bytes);
}

void check_account(const elf::Image& image) {
  std::uint64_t sum = 0;
  for (const elf::Share& share : elf::account_for(image)) sum += share.bytes;
  expect(sum == image.bytes.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)elf::read_facts({data, size});
  const auto image = elf::read_image({data, size});
  if (!image) {
    expect(!elf::strip({data, size}, StripLevel::symbols).bytes);
    return 0;
  }
  check_account(*image);
  for (const StripLevel level : {StripLevel::debug, StripLevel::symbols, StripLevel::sections}) {
    check_strip(*image, level);
  }
  return 0;
}
