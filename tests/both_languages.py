"""Checks that both languages of an error say the same, each in its own words.

Backticks enclose user input, quotation marks the text of a library or of the system; the content of both is free.
"""

from __future__ import annotations

import re
from collections import Counter

from applicability.errors import Problem
from applicability.text import Text

CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BACKTICKS, _QUOTED, _EXAMPLE = re.compile(r"`[^`]*`"), re.compile(r"“[^”]*”"), re.compile(r"\b[a-z]+=\S+")
# Three English words in a row, or English punctuation after a Chinese character.
_ENGLISH = re.compile(r"[A-Za-z]{2,},? [A-Za-z]+,? [A-Za-z]{2,}|[\u4e00-\u9fff][,;:?!.](?![0-9A-Za-z])")


def faults(problem: Problem) -> list[str]:
    """The violations in a problem."""
    return [fault for part in (problem.what, problem.mend) if part is not None for fault in faults_of(part)]


def faults_of(text: Text) -> list[str]:
    """The violations in a text; an empty one has none."""
    if not text.zh and not text.en:
        return []
    found = []
    if Counter(_BACKTICKS.findall(text.zh)) != Counter(_BACKTICKS.findall(text.en)):
        found.append(f"other words in backticks: {text}")
    chinese = _EXAMPLE.sub("", _QUOTED.sub("", _BACKTICKS.sub("", text.zh)))
    if not CHINESE.search(chinese):
        found.append(f"no Chinese: {text}")
    if told := _ENGLISH.search(chinese):
        found.append(f"English, `{told[0]}`: {text}")
    if text.zh.endswith(("。", ".", "；")):
        found.append(f"a stop at the end, which the English has not: {text}")
    return found
