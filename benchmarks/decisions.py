"""Times the commands after a verdict: `python benchmarks/decisions.py [--runs 7]`.

The next question of an interview, the minimal changes of all rows, a comparison across 21 places, the map of the twenty
pilots, and the difference of the whole rulebook with one edited row. In one process, after the rulebook is loaded.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from applicability import Profile, Rulebook, check, decisions, load_profile, load_rulebook
from applicability.analysis.questions import QuestionPlanner
from applicability.analysis.reach_map import reach_map
from applicability.cli.alternatives import across
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import Number

EXAMPLES = Path(__file__).parents[1] / "examples"


def edited(rulebook: Rulebook) -> Rulebook:
    """The rulebook with the share of row 1 lowered by one."""
    row = rulebook.measure(1)
    lower = Number("foreign_share", (("above", Decimal(0)), ("at_most", Decimal(49))))

    def changed(condition: object) -> object:
        return lower if isinstance(condition, Number) else condition

    limbs = tuple(
        replace(limb, when=replace(limb.when, parts=tuple(changed(part) for part in limb.when.parts)))  # type: ignore
        for limb in row.limbs
    )
    new = replace(row, limbs=limbs)
    return replace(rulebook, measures=tuple(new if one.row == 1 else one for one in rulebook.measures))


def timed(what: Callable[[], object], runs: int) -> tuple[float, float]:
    """The median and the longest of some runs, in milliseconds."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        what()
        found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found), max(found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    rulebook = load_rulebook()
    profiles = [load_profile(path) for path in sorted(EXAMPLES.glob("*.yaml")) if path.stem != "suzhou-register"]
    company = next(one for one in profiles if "travel" in one.source)
    assessment = check(company, rulebook)
    planner, nobody = QuestionPlanner(rulebook), read_facts(Profile(), rulebook)
    other, day = edited(rulebook), datetime.date(2026, 11, 23)
    table: dict[str, Callable[[], object]] = {
        "next question, nothing known": lambda: planner.questions(nobody),
        "minimal changes, every row": lambda: decisions.change(assessment),
        "compare across 21 places": lambda: decisions.compare(across("city", company, rulebook, None), rulebook),
        "map of the pilots": lambda: reach_map(rulebook, rulebook.pilots, day),
        "diff, one row edited": lambda: decisions.diff(rulebook, other),
        "diff, nothing edited": lambda: decisions.diff(rulebook, replace(rulebook, version="0")),
    }
    for name, what in table.items():
        median, longest = timed(what, runs)
        print(f"{name:30} {median:8.1f} ms   at most {longest:8.1f} ms")


if __name__ == "__main__":
    main()
