"""What a verdict can still become: every verdict listed has a completion, and no completion has another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, ProfileError, Rulebook, Verdict, load_rulebook
from applicability.analysis.completions import Completions
from applicability.analysis.questions import possible_activities
from applicability.loading.profile.reader import read_facts
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.partial import PartialSet, joined

from ..examples import drawn, one_in
from ..strategies import profiles

BOOK = load_rulebook()
ENCODED = [measure for measure in BOOK.measures if measure.condition is not None]


def facts(**given: object) -> Facts:
    return read_facts(Profile(**{"as_of": "2026-11-23", **given}), BOOK)


def test_what_is_settled_cannot_move() -> None:
    company = facts(city="长沙")
    for measure in ENCODED:
        assert measure.condition is not None
        if verdict(measure.condition, company, BOOK) is Verdict.INELIGIBLE:
            assert Completions(company, BOOK).of(measure.condition).settled


def test_a_limit_that_is_unsaid_can_still_close_what_is_open() -> None:
    agency = facts(
        city="成都", sector="7291", foreign_share=40, activities=["travel-agency"], entity_kind="enterprise",
        registered_here=True, zones=[], licences=[],
    )  # fmt: skip
    condition = BOOK.measure(57).condition
    assert condition is not None
    found = Completions(agency, BOOK).of(condition)
    assert found.now is Verdict.ELIGIBLE
    assert set(found.witnesses) == {Verdict.ELIGIBLE, Verdict.INELIGIBLE}
    columns = frozenset().union(*found.moving)
    assert all(name.startswith("limits.57.") for name in columns)
    assert set(Completions(agency, BOOK).missing(condition, columns)) == columns


def test_a_coarse_sector_can_be_said_more_finely() -> None:
    condition = BOOK.measure(57).condition
    assert condition is not None
    found = Completions(facts(city="成都", sector="72", foreign_share=40), BOOK).of(condition)
    assert {"business"} in [set(one) for one in found.moving] or "business" in frozenset().union(*found.moving)
    assert Verdict.ELIGIBLE in found.witnesses


@settings(max_examples=drawn(12))
@given(st.data())
def test_every_verdict_has_a_completion_and_every_completion_a_verdict(data: st.DataObject) -> None:
    """Soundness and completeness, against completions drawn at random from other profiles."""
    first, second = data.draw(profiles(BOOK)), data.draw(profiles(BOOK))
    start = read_facts(first, BOOK)
    more = {name: value for name, value in second.facts.items() if first.facts.get(name) is None and name != "as_of"}
    if any(name in first.facts for name in ("city", "zones", "zone_types")):
        more.pop("city", None)
    said = dict(first.facts.get("limits") or {})  # type: ignore[call-overload]
    own = dict(second.facts.get("limits") or {})  # type: ignore[call-overload]
    more["limits"] = {**own, **said} or None
    more["determinations"] = first.facts.get("determinations")
    try:
        after: Facts | None = read_facts(first.but(**more), BOOK)
    except ProfileError:
        after = None
    if after is not None and "activities" in more:
        held = after.values.get("activities")
        does = held.yes if isinstance(held, PartialSet) else held
        # A completion is one that the sector can carry.
        after = after if not isinstance(does, frozenset) or does <= possible_activities(after, BOOK) else None
    completions = Completions(start, BOOK)
    for measure in data.draw(st.lists(st.sampled_from(ENCODED), min_size=12, max_size=12)):
        assert measure.condition is not None
        found = completions.of(measure.condition)
        assert found.now in found.witnesses
        assert found.settled == (found.moving == ())
        for reached, witness in found.witnesses.items():
            assert verdict(measure.condition, witness, BOOK) is reached
            for name, value in start.values.items():
                if name != "sector":
                    assert joined(value, witness.values[name]) == witness.values[name]
            assert all(witness.limits[key] == kept for key, kept in start.limits.items())
        if after is not None:
            assert verdict(measure.condition, after, BOOK) in found.witnesses


@pytest.mark.parametrize("row", one_in(3, [20, 52, 80, 85, 89, 119]))
def test_rows_that_read_most_are_completed_in_time(row: int, rulebook: Rulebook) -> None:
    condition = rulebook.measure(row).condition
    assert condition is not None
    for company in (facts(), facts(city="天津"), facts(city="海南", sector="72"), facts(zones=["东疆"])):
        found = Completions(company, rulebook).of(condition)
        assert found.witnesses


def test_what_is_known_in_part_can_still_be_said_whole() -> None:
    """Row 57 asks for a travel agency with a foreign share above 0: each is open where only a part is known."""
    condition = BOOK.measure(57).condition
    assert condition is not None
    known = {"city": "成都", "sector": "7291", "entity_kind": "enterprise", "registered_here": True}
    in_part = {"foreign_share": {"at_most": 40}, "activities": {"no": ["app-store"]}, "zones": {"no": []}}
    found = Completions(facts(**known, **in_part), BOOK).of(condition)
    assert {Verdict.ELIGIBLE, Verdict.INELIGIBLE} <= set(found.witnesses)
    assert {"business", "foreign_share"} <= frozenset().union(*found.moving)
    ruled_out = {**in_part, "activities": {"no": ["travel-agency"]}}
    assert set(Completions(facts(**known, **ruled_out), BOOK).of(condition).witnesses) == {Verdict.INELIGIBLE}
