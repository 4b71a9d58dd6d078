#include "report/text_table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace slim {
namespace {

const Painter kPlain{TerminalStyle{}};

TextTable table_of_sizes() {
  TextTable table({"by rule", 28}, {{"files", 8}, {"unpacked", 13}, {"packed", 13}});
  table.add_row({"python-installer-metadata"}, {{"1,234"}, {"-116.20 MB"}, {"-999.99 MB"}});
  table.add_row({"elf-strip"}, {{"7"}, {"-1.2 kB"}, {"0 B"}});
  return table;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(TextTable, KeepsEveryFigureWholeAtAnyWidth) {
  for (std::size_t width = 24; width < 120; ++width) {
    const std::string text = table_of_sizes().text(kPlain, width);
    for (const char* figure : {"1,234", "-116.20 MB", "-999.99 MB", "-1.2 kB", "0 B", "elf-strip"})
      EXPECT_NE(text.find(figure), std::string::npos) << figure << " at " << width << "\n" << text;
    for (const std::string& line : lines_of(text)) {
      EXPECT_LE(columns(line), width) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

TEST(TextTable, PutsNamesOnALineOfTheirOwnWhereTheyDoNotFit) {
  EXPECT_EQ(lines_of(table_of_sizes().text(kPlain, 40)),
            (std::vector<std::string>{"  by rule", "    files    unpacked      packed",
                                      "  python-installer-metadata", "    1,234  -116.20 MB  -999.99 MB",
                                      "  elf-strip", "        7     -1.2 kB         0 B"}));
}

TEST(TextTable, HasOneLineForARowWhereNobodyLooks) {
  EXPECT_EQ(lines_of(table_of_sizes().text(kPlain, kAnyWidth)).size(), 3U);
}

TEST(TextTable, LeavesOutTheMiddleOfALongName) {
  TextTable table({"names", 10}, {{"size", 4}});
  table.add_row({"aaaaaaaaaaüzzzzzzzzzz"}, {{"1 B"}});
  EXPECT_EQ(lines_of(table.text(kPlain, 20))[1], "  aaaaa…zzzz  1 B");
  EXPECT_EQ(lines_of(table.text(kPlain, 80))[1], "  aaaaaaaaaaüzzzzzzzzzz  1 B");
  EXPECT_EQ(shortened("üüüüüüü", 5), "üü…üü");
  EXPECT_EQ(shortened("short", 5), "short");
}

TEST(Hanging, KeepsANumberWithItsUnit) {
  EXPECT_EQ(hanging("it takes 12.34 MB, of 90 % more", 2, 2, 15), "it takes\n  12.34 MB, of\n  90 % more");
  EXPECT_EQ(hanging("one two three", 2, 2, kAnyWidth), "one two three");
}

}  // namespace
}  // namespace slim
