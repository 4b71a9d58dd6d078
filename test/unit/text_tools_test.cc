// The small tools for texts and dates that several folders share.
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "archive/dos_time.h"
#include "util/ascii.h"
#include "util/header_lines.h"
#include "util/lines.h"
#include "util/percent.h"

namespace slim {
namespace {

using Lines = std::vector<std::string_view>;

TEST(Lines, EndInEitherWay) {
  EXPECT_EQ(lines_of("a\r\nb\n\nc"), (Lines{"a", "b", "", "c"}));
  EXPECT_EQ(lines_of("a\n"), Lines{"a"});
  EXPECT_EQ(lines_of("\r\r\n"), Lines{"\r"});
  EXPECT_EQ(lines_of(""), Lines{});
}

TEST(HeaderLines, EndAtTheFirstEmptyLine) {
  constexpr std::string_view text = "Name: a\r\nRequires-Dist: b\nRequires-Dist: c\r\n\r\nRequires-Dist: d\n";
  EXPECT_EQ(header_value(text, "Requires-Dist: "), "b");
  EXPECT_EQ(header_values(text, "Requires-Dist: "), (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(header_value(text, "Version: "), "");
}

TEST(Percent, ByteByByte) {
  EXPECT_EQ(percent_encoded("A-z_0.9~"), "A-z_0.9~");
  EXPECT_EQ(percent_encoded("a/b c%"), "a%2Fb%20c%25");
  EXPECT_EQ(percent_encoded("a/b c%", "/"), "a/b%20c%25");
  EXPECT_EQ(percent_encoded("\xC3\xA9\xFF"), "%C3%A9%FF");
}

TEST(Ascii, OtherLettersStay) {
  EXPECT_EQ(in_lower_case("@AZ[\xC3\x89"), "@az[\xC3\x89");
  EXPECT_EQ(in_upper_case("`az{\xC3\xA9"), "`AZ{\xC3\xA9");
  EXPECT_EQ(trimmed(" \t\r\n a b \v\f"), "a b");
  EXPECT_EQ(trimmed(" \t"), "");
}

std::uint32_t dos(unsigned year, unsigned month, unsigned day, unsigned hour, unsigned minute,
                  unsigned second) {
  return (year - 1980) << 25 | month << 21 | day << 16 | hour << 11 | minute << 5 | second / 2;
}

TEST(DosTime, SecondsSince1970) {
  EXPECT_EQ(archive::seconds_of_dos_time(dos(1980, 1, 1, 0, 0, 0)), 315'532'800);
  EXPECT_EQ(archive::seconds_of_dos_time(dos(2024, 2, 29, 23, 59, 58)), 1'709'251'198);
  EXPECT_EQ(archive::year_of_dos_time(dos(2107, 12, 31, 0, 0, 0)), 2107);
  EXPECT_EQ(archive::seconds_of_dos_time(dos(2107, 12, 31, 23, 59, 58)), 4'354'819'198);
}

TEST(DosTime, DatesThatNoCalendarHas) {
  EXPECT_EQ(archive::seconds_of_dos_time(dos(2024, 4, 31, 0, 0, 0)),
            archive::seconds_of_dos_time(dos(2024, 5, 1, 0, 0, 0)));
  EXPECT_EQ(archive::seconds_of_dos_time(dos(2024, 0, 1, 0, 0, 0)),
            archive::seconds_of_dos_time(dos(2023, 12, 1, 0, 0, 0)));
}

}  // namespace
}  // namespace slim
