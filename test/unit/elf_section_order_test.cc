// The table of section names: which share their bytes, and in which order they lie.
#include "elf/section_order.h"

#include <gtest/gtest.h>

namespace slim::elf {
namespace {

TEST(ElfSectionOrder, ANameThatEndsAnotherSharesItsBytes) {
  const NameTable table = share_names({".text", ".rela.text", "", "text"});
  EXPECT_EQ(table.bytes, std::string("\0.rela.text\0", 12));
  EXPECT_EQ(table.offset, (std::vector<std::uint32_t>{6, 1, 0, 7}));
}

TEST(ElfSectionOrder, TheOrderOfNamesIsThatOfTheirBytesOnEveryProcessor) {
  const NameTable table = share_names({"z", "\xc3\xa9"});
  EXPECT_EQ(table.bytes, std::string("\0\xc3\xa9\0z\0", 6));
}

}  // namespace
}  // namespace slim::elf
