"""The force of a row and of a finding: the strongest of its limbs, wherever it is told."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from applicability import check, compare, load_rulebook
from applicability.model.measure import FORCES, Force, strongest

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 1)
PROFILES = [
    path for path in sorted((Path(__file__).parents[2] / "examples").glob("*.yaml")) if "register" not in path.stem
]


def test_the_strongest_force_does_not_depend_on_the_order() -> None:
    assert strongest(("explore", "support")) == strongest(("support", "explore")) == "support"
    assert strongest(FORCES) == "permit"
    assert strongest(()) is None


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
def test_a_finding_has_the_strongest_force_of_the_limbs_that_decide_it(profile: Path) -> None:
    backwards = replace(BOOK, measures=tuple(replace(one, limbs=one.limbs[::-1]) for one in BOOK.measures))
    found, turned = (check(profile, book, as_of=DAY, engine="reference") for book in (BOOK, backwards))
    assert [one.force for one in found] == [one.force for one in turned]
    for one in found:
        if len(one.best_limbs) == len(one.measure.usable):
            assert one.force == one.measure.force


def test_a_trial_written_before_a_right_does_not_hide_it() -> None:
    (finding,) = [one for one in check({}, BOOK, as_of=DAY, engine="reference") if one.measure.row == 40]
    forces: list[Force] = [one.limb.force for one in finding.best_limbs]
    assert forces[0] == "explore"
    assert finding.force == finding.measure.force == "support"
    comparison = compare([{}, {}], BOOK, measures=[40], as_of=DAY, engine="reference")
    assert [row.findings[0].force for row in comparison.rows] == ["support"]
