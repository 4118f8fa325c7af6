"""Shared values are immutable, hashable where promised, and can be copied and pickled."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from applicability import Assessment, Profile, Rulebook, api, check, report
from applicability.errors import ApplicabilityError, Location, Problem, ProfileError
from applicability.text import Text

WAYS: list[Callable[[Any], Any]] = [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy]
NAMES = ["pickled", "copied", "deepcopied"]


@pytest.fixture(scope="module")
def assessment(rulebook: Rulebook) -> Assessment:
    told = Profile(
        city="天津", zones=["东疆"], investors=[{"origin": "hong_kong", "share": 40}], determinations={},
        activities=["travel-agency"], as_of="2026-11-23",
    )  # fmt: skip
    return check(told, rulebook)


def shown(assessment: Assessment) -> str:
    return report.render(report.Selection(assessment, assessment.findings), "json", report.Options("en"))


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_an_assessment_says_the_same_wherever_it_went(way: Callable[[Any], Any], assessment: Assessment) -> None:
    gone = way(assessment)
    assert shown(gone) == shown(assessment)
    assert gone.profile == assessment.profile
    assert gone.finding(57).verdict is assessment.finding(57).verdict
    assert check(gone.profile, gone.rulebook).counts == assessment.counts


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_a_profile_keeps_the_places_of_its_parts(way: Callable[[Any], Any]) -> None:
    profile = api.read_profile("city: 上海\nforeign_share: 101\n".encode(), "mine.yaml")
    gone = way(profile)
    assert (gone, hash(gone), gone.source) == (profile, hash(profile), "mine.yaml")
    with pytest.raises(ProfileError, match=r"mine\.yaml:2:16: P108"):
        check(gone)
    with pytest.raises(AttributeError, match="a profile does not change"):
        gone.source = "other"


@pytest.mark.parametrize("way", WAYS, ids=NAMES)
def test_an_error_keeps_its_problems(way: Callable[[Any], Any]) -> None:
    error = ProfileError([Problem("P001", Location("f", 1, 2), Text("甲", "a"), Text("改", "mend"))])
    gone = way(error)
    assert type(gone) is ProfileError
    assert isinstance(gone, ApplicabilityError)
    assert (gone.problems, str(gone)) == (error.problems, str(error))


def test_no_caller_changes_what_others_share(assessment: Assessment) -> None:
    book, facts = assessment.rulebook, assessment.facts
    held: list[Any] = [
        facts.values, facts.determinations, facts.derived, facts.given.values, assessment.profile.facts,
        book.facts, book.documents, book.steps, book.scopes, book.groups, book.glossary, book.judgements,
        book.gazetteer.divisions, book.gazetteer.zones, book.gazetteer.zone_types, book.sectors.codes,
        book.sectors.activities, book.headings.columns, book.facts["entity_kind"].values,
        next(iter(book.documents.values())).notes, pickle.loads(pickle.dumps(facts)).values,
    ]  # fmt: skip
    for one in held:
        before = dict(one)
        with pytest.raises(TypeError):
            one["x"] = 1
        for change in ("clear", "popitem", "pop", "update", "setdefault"):
            if hasattr(one, change):
                with pytest.raises(TypeError):
                    getattr(one, change)(*(["x"] if change in ("pop", "setdefault") else []))
        assert dict(one) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("foreign_share", 10**5000), ("city", 10**5000), ("zones", [10**5000]), ("sector", 10**5000),
        ("activities", [10**5000]), ("as_of", 10**5000), ("entity_kind", 10**5000), ("name", 10**5000),
        ("investors", [{"origin": "hong_kong", "share": 10**5000}]), ("determinations", {"22.specific-area": 10**5000}),
        ("foreign_share", -(10**5000)), ("foreign_share", float("inf")), ("foreign_share", float("nan")),
        ("nothing", 10**5000), ("zone_types", 10**5000), ("investors", 10**5000),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_a_number_that_is_too_long_is_a_mistake_like_any_other(name: str, value: object, rulebook: Rulebook) -> None:
    with pytest.raises(ProfileError) as caught:
        check(Profile.of({name: value}), rulebook)
    assert all(len(str(problem)) < 500 for problem in caught.value.problems)
    repr(Profile.of({name: value}))
