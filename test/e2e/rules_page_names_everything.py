#!/usr/bin/env python3
"""docs/rules.md has every word that a rule file may use, in the table where it belongs, and no word that slim doesn't know.

What slim knows it says itself, when a rule file uses a word that it doesn't.
"""
import re

import slimtest

PAGE = (slimtest.SOURCE / "docs/rules.md").read_text()
RULE = '[[rule]]\nid = "mine"\naction = "drop"\npaths = ["x"]\nreason = "because"\n'
NO_WORD = "qqqqqqqqqqqq"


def words_of_page(heading: str) -> set:
    """The first column of the first table below the heading."""
    section = PAGE.split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    return {word for word in re.findall(r"^\| `([^`]+)`", section, re.M)}


with slimtest.workdir() as work:
    rules = work / "rules.toml"

    def refusal(text: str) -> str:
        rules.write_text(text)
        return slimtest.slim("rules", "--rules", rules, code=2).stderr.strip()

    def words_of_slim(text: str) -> set:
        words = refusal(text).split(": one of ")[-1].split(", ")
        assert len(words) > 4 and NO_WORD not in " ".join(words), words
        return set(words)

    assert words_of_page("### Actions") == words_of_slim(RULE.replace('"drop"', f'"{NO_WORD}"'))
    assert words_of_page("### Kinds of files") == words_of_slim(RULE + f'kinds = ["{NO_WORD}"]\n')
    assert words_of_page("### Shapes of packages") == words_of_slim(RULE + f'not_shapes = ["{NO_WORD}"]\n')
    guards = words_of_slim(RULE + f'where = ["{NO_WORD}"]\n')
    assert words_of_page("### Guards") == guards, words_of_page("### Guards") ^ guards
    assert guards == words_of_slim(RULE + f'guards = ["{NO_WORD}"]\n')

    # A key that the page names is one, and none that the reader of rule files knows is missing there.
    keys = words_of_page("## The keys of a rule")
    reader = next(slimtest.SOURCE.glob("src/**/rule.cc")).read_text()
    assert keys == set(re.findall(r'"(\w+)"', reader.split("kKeys = {", 1)[1].split("}", 1)[0])), keys
    for key in keys:
        assert "unknown key" not in refusal(RULE + f"{key} = 1\n"), key
    levels = next(row for row in PAGE.splitlines() if row.startswith("| `level` "))
    level = refusal(RULE.replace('"drop"', '"strip"') + f'level = "{NO_WORD}"\n')
    for word in re.findall(r"\w+", level.rsplit(": ", 1)[1].replace(" or ", " ")):
        assert f"`{word}`" in levels, (word, level)
