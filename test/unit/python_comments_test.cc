// Which comments go, which stay, and that the proof sees what a wrong cut would do. Python's own compiler is asked in
// test/e2e/python_comments_leave_equal_code_objects.py.
#include "python/comments.h"

#include <gtest/gtest.h>

namespace slim::python {
namespace {

std::string bare(const std::string& source) {
  const auto ranges = removable_comments(source);
  if (!ranges) return "refused: " + ranges.error().what;
  const Bytes out = without_ranges(as_bytes(source), *ranges);
  const std::string text(as_text(out));
  const Status proof = same_code(source, *ranges, text);
  return proof ? text : "no proof: " + proof.error().what;
}

struct Case {
  std::string before;
  std::string after;
};

TEST(PythonComments, LeaveAnEmptyLineOrTheEndOfOne) {
  for (const auto& [before, after] : std::vector<Case>{
           {"x = 1  # one\n", "x = 1\n"},
           {"\n\n# a\ndef f():\n    # b\n    return 1 \t # c\n", "\n\n\ndef f():\n\n    return 1\n"},
           {"x = [  # a\n  1,\n  # b\n  2]\n", "x = [\n  1,\n\n  2]\n"},
           {"x = 1  # at the end", "x = 1"},
           {"# alone", ""},
           {"x = 1 # a\r\n# b\r\ny = 2\r\n", "x = 1\r\n\r\ny = 2\r\n"},
           {"x = 1 # a\r# b\ry = 2\r", "x = 1\r\ry = 2\r"},
           {"x = 1\n\f# page\ny = 2\n", "x = 1\n\f\ny = 2\n"},
           {"\xEF\xBB\xBF# mark\nx = 1\n", "\xEF\xBB\xBF\nx = 1\n"},
           {"if x:\n  pass\n# left of it\n  y\n", "if x:\n  pass\n\n  y\n"},
           {"x = 1  # \xC3\xA4\n", "x = 1\n"},
           {"# a\\\n# b\\\r\n  # c\nx = 1\n", "\n\r\n\nx = 1\n"},
           {"x = 1  # type: ignore[attr]\n", "x = 1\n"}}) {
    EXPECT_EQ(bare(before), after);
    EXPECT_EQ(bare(after), after) << "a second time";
  }
}

TEST(PythonComments, StayWhereSomebodyReadsThem) {
  for (const std::string source : {
           "#!/usr/bin/python\nx = 1\n",
           "#!/bin/sh\n# -*- coding: latin-1 -*-\nx = '\xE4'\n",
           "# vim: set fileencoding=utf-8 :\nx = 1\n",
           "# any\n# coding: utf-8\nx = 1\n",
           "\n\nx = []  # type: List[int]\n",
           "\n\ndef f(a):\n    # type: (int) -> int\n    return a\n",
           "\n\n# /// script\n# dependencies = ['x']\n# ///\nimport x\n",
           "\n\n# cython: language_level=3, boundscheck=False\n#distutils: language = c++\nimport x\n",
           "\n\n# Copyright 2001 A. Body\n#\n# All that is here.\nx = 1\n",
           "\n\nx = 1\n# what follows is of B. Body,\n# under the MIT license\ny = 2\n",
           "\n\n# SPDX-License-Identifier: MIT\nx = 1\n",
           "\n\n# Permission is hereby granted\nx = 1\n",
           "\n\nx = 1 \\\n# below a backslash",
           "\n\nx = 1 \\\r\n  # below a backslash\r\n",
           "\n\nx = f'''{1 # of the value\n=}'''\n",
       })
    EXPECT_EQ(bare(source), source);
}

TEST(PythonComments, OnlyTheBlockThatSpeaksOfALicenceStays) {
  EXPECT_EQ(bare("\n\n# Copyright\n# by\n\n# a note\nx = 1\n"), "\n\n# Copyright\n# by\n\n\nx = 1\n");
  EXPECT_EQ(bare("\n\nx = 1  # a note\n# Copyright\n"), "\n\nx = 1\n# Copyright\n");
}

TEST(PythonComments, WhatIsNoCommentStays) {
  for (const std::string source :
       {"x = '# a'\n", "x = \"\"\"\n# a\n\"\"\"\n", "x = r'\\\\' '# a'\n", "x = r'\\'# a'\n",
        "x = f'{y}# a'\n", "x = f'{y:#x}'\n", "x = f'{d['# a']}'\n", "x = f'''{\nd[\"# a\"]}\n# b\n'''\n",
        "x = b'#'\n", "x = t'{y!r:#>{w}}'\n"})
    EXPECT_EQ(bare(source), source);
}

TEST(PythonComments, ASourceInDoubtIsLeftAlone) {
  for (const auto& [source, reason] : std::vector<Case>{
           {"x = '# never closed\n# a\n", "slim can't read its syntax for certain"},
           {"x = (  # a\n", "slim can't read its syntax for certain"},
           {"x = zz'a'  # a prefix of no version\n", "slim can't read its syntax for certain"},
           {std::string("x = 1  # a\0b\n", 12), "it has a NUL byte, which no source has"},
           {"x = 1  # \x7F\n", "it has control characters"},
           {"x = 1  # \xE4\n", "it is not valid in its encoding"},
           {"# coding: koi8-r\nx = 1  # \xC1\n", "it is in an encoding that slim doesn't check"},
           {"# coding: utf-7\nx = 1  # a\n", "it is in an encoding that slim doesn't read"}})
    EXPECT_EQ(bare(source), "refused: " + reason);
}

TEST(PythonComments, TheProofSeesWhatAWrongCutWouldDo) {
  const auto proof = [](const std::string& before, const std::vector<ByteRange>& cuts) {
    const Status status = same_code(before, cuts, as_text(without_ranges(as_bytes(before), cuts)));
    return status ? std::string() : status.error().what;
  };
  EXPECT_EQ(proof("x = 1 # a\ny\n", {{5, 4}}), "");
  EXPECT_EQ(proof("x = 1 # a\ny\n", {{5, 5}}), "something else than a comment would go")
      << "with its line's end";
  EXPECT_EQ(proof("x = 1 # a\ny\n", {{5, 3}}), "something else than a comment would go") << "half of it";
  EXPECT_EQ(proof("x = 1 # a\ny\n", {{4, 5}}), "something else than a comment would go");
  EXPECT_EQ(proof("x = '# a\n'\n", {{5, 3}}), "line 1 would be read in another way");
  EXPECT_EQ(proof("x = '''\n# a\n'''\n", {{8, 3}}), "line 1 would be read in another way");
  EXPECT_EQ(proof("x = \\ # a\n1\n", {{5, 4}}), "line 1 would be read in another way");
  EXPECT_EQ(same_code("a b\n", {}, "a  b\n").error().what, "code of line 1 would move");
  EXPECT_EQ(same_code("if a:\n  b\n", {}, "if a:\n b\n").error().what, "code of line 2 would move");
  EXPECT_FALSE(same_code("a\nb\n", {}, "a\n\nb\n"));
}

}  // namespace
}  // namespace slim::python
