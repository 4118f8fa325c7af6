"""Forty profiles chosen beforehand: nobody is asked or advised what is implausible for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from applicability import Assessment, Profile, Verdict, check, load_rulebook
from applicability.analysis.effort import rank
from applicability.analysis.minimal_changes import SIZE, Change, Changes, Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.interview import Interview
from applicability.report.changes.terminal import apart, nearest

from ...examples import one_in

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 1)
DATA: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "profiles.yaml").read_text("utf-8"))
_QUESTIONS, _CHANGES = 8, 10


class _Expected:
    """What is implausible for one of the profiles."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told

    @cached_property
    def activities(self) -> frozenset[str]:
        could = {"anyone", *self.told["could"]}
        return frozenset(one for group, own in DATA["groups"].items() if group not in could for one in own)

    def value(self, fact: str, value: str) -> bool:
        """Whether a value is implausible."""
        if fact == "activities":
            return value in self.activities
        return fact in self.told["never"] or value in self.told.get("values", {}).get(fact, ())

    def change(self, change: Change) -> Iterator[str]:
        """What is implausible of a change."""
        for edit in change.edits:
            for fact, value in edit.options[0].given.items() if edit.fact is not None else ():
                words = [str(one) for one in value] if isinstance(value, list) else [str(value)]
                if edit.kind == "set" and fact == "sector" and "sector" in self.told["facts"]:
                    yield f"sector {words}"
                if value is not None and fact in self.told["never"] and edit.kind != "drop" and not edit.closes:
                    yield fact
                if edit.kind in ("add", "set", "answer"):
                    yield from (f"{fact} {word}" for word in words if self.value(fact, word))


PROFILES = one_in(4, [_Expected(one) for one in DATA["profiles"]])
# The changes of a profile take seconds.
_SHARE = one_in(20, [_Expected(one) for one in DATA["profiles"]])


def profile(expected: _Expected) -> Profile:
    return Profile.of(expected.told["facts"])


def test_there_are_forty_over_all_chapters_and_every_activity_is_in_one_group() -> None:
    grouped = [one for own in DATA["groups"].values() for one in own]
    assert len(DATA["profiles"]) == 40
    assert {one for told in DATA["profiles"] for one in told["chapters"]} == set(range(1, 15))
    assert sorted(grouped) == sorted(BOOK.sectors.activities)
    for told in DATA["profiles"]:
        assert set(told["could"]) <= set(DATA["groups"])
        assert set(told["never"]) <= set(BOOK.facts)


@pytest.mark.parametrize("expected", PROFILES, ids=lambda one: one.told["name"])
def test_none_of_the_first_eight_questions_is_implausible(expected: _Expected) -> None:
    interview = Interview(profile(expected), BOOK, as_of=DAY)
    first = list(interview.plan.questions[:_QUESTIONS])
    while (question := interview.question) is not None and interview.asked < _QUESTIONS:
        first.append(question)
        if question.fact == "activities":
            assert [one for one in interview.options(question) if one in expected.activities] == []
        interview.pass_over()
    assert [one.fact for one in first if one.fact in expected.told["never"]] == []
    for question in first:
        options = interview.options(question)
        assert not options or not expected.value(question.fact, options[0]), "an implausible value comes first"


def _prospects(assessment: Assessment) -> list[Prospect]:
    """Those of `decisions.change`, which also proves each change, at a cost."""
    search, target = Changes(assessment.facts, BOOK), Verdict.CONDITIONAL
    return [
        Prospect(one, target, SIZE, search.to(one.measure.condition, target))
        for one in assessment.findings
        if one.measure.condition is not None and one not in assessment.open
    ]


@pytest.mark.parametrize("expected", _SHARE, ids=lambda one: one.told["name"])
def test_none_of_the_first_ten_changes_is_implausible(expected: _Expected) -> None:
    assessment = check(profile(expected), BOOK, as_of=DAY, engine="reference")
    plausibility = Plausibility(assessment.facts, BOOK)
    advised, _ = apart(nearest(_prospects(assessment), assessment), plausibility)
    for prospect in advised[:_CHANGES]:
        best = min(prospect.yours, key=lambda one: rank(one, plausibility))
        assert list(expected.change(best)) == [], prospect.finding.measure.row
