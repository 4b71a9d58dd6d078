// What counts as UTF-8: RFC 3629, at its edges.
#include "util/utf8.h"

#include <gtest/gtest.h>

#include <string_view>

namespace slim {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, TextOfEachLengthIs) {
  for (const std::string_view text :
       {""sv, "a\0b\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv,
        "\xEF\xBB\xBFimport"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(Utf8, WhatIsCutLongerThanNeedBeOrBeyondIsNot) {
  for (const std::string_view text : {"\x80"sv, "\xFF"sv, "\xC3"sv, "\xC1\x80"sv, "\xC3("sv, "\xE0\x9F\xBF"sv,
                                      "\xED\xA0\x80"sv, "\xE2\x82"sv, "\xE2\x82("sv, "\xF0\x8F\xBF\xBF"sv,
                                      "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xF0\x90\x80"sv}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

}  // namespace
}  // namespace slim
