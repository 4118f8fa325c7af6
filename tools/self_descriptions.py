"""Compares the answers on self-descriptions with the words of the plan: `python tools/self_descriptions.py`.

The tables in docs/readings have what companies and persons say of themselves, the answer that the words give on one
row, and the profile that somebody made of it. Ends with 1 where the rulebook answers otherwise than recorded there.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import yaml

from applicability import Profile, check, load_rulebook

READINGS = Path(__file__).parents[1] / "docs" / "readings"
TABLES = ("self-descriptions.yaml", "self-descriptions-2.yaml")
DAY = datetime.date(2026, 11, 1)


def answers(table: str) -> dict[int, tuple[str, str, str]]:
    """By the number of a description: the answer that its words give, the one recorded, and the rulebook's."""
    book = load_rulebook()
    found = {}
    for one in yaml.safe_load((READINGS / table).read_text("utf-8")):
        assessment = check(Profile.of(one["profile"]), book, as_of=DAY, engine="reference")
        finding = next(each for each in assessment if each.measure.row == one["row"])
        answer = "no verdict" if finding.verdict is None else finding.verdict.word
        found[one["id"]] = (one["expected"], one["answer"], answer)
    return found


def main() -> None:
    """Prints the rate at which the answers agree, and those that do not."""
    for table in TABLES:
        told = answers(table)
        agree = sum(expected == answer for expected, _, answer in told.values())
        print(f"{table}: {agree} of {len(told)} answers agree with the words")
        for number, (expected, recorded, answer) in told.items():
            if expected != answer:
                print(f"  {number}: by the words {expected}, by the rulebook {answer}")
            if recorded != answer:
                sys.exit(f"{number}: recorded is {recorded}, and the rulebook says {answer}")


if __name__ == "__main__":
    main()
