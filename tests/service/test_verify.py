"""Claims of a draft: what follows, contradicts, depends, or misquotes."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from applicability import ArgumentError, Profile, check, load_rulebook
from applicability.analysis.completions import Completions
from applicability.service.verify import CheckedClaimModel, ClaimModel, verify

from ..examples import drawn
from ..strategies import profiles

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 23)
AGENCY: dict[str, Any] = {
    "city": "成都", "sector": "7291", "foreign_share": 40, "activities": ["travel-agency"],
    "entity_kind": "enterprise", "registered_here": True, "zones": [], "licences": [],
}  # fmt: skip
KEPT = {"limits": {"57.taiwan": True, "57.outbound-chinese-citizens": True}}


def one(profile: dict[str, Any], **claim: Any) -> CheckedClaimModel:
    (found,) = verify(check(profile, BOOK, as_of=DAY), [ClaimModel(**claim)]).claims
    return found


def test_what_is_so_follows() -> None:
    assert one({**AGENCY, **KEPT}, measure=57, verdict="eligible").status == "follows"
    assert one(AGENCY, measure=86, verdict="ineligible").status == "follows"
    assert one({}, measure=144, verdict="text_lost").status == "follows"
    assert one({}, measure=57, quote="外商投资旅行社经营中国公民出境旅游业务").status == "follows"
    assert one({}, measure=57, quote="允许……外商投资旅行社").status == "follows"
    assert one({}, measure=57, quote="“实施范围为北京市全域”").status == "follows"  # note 1


def test_a_claim_that_says_nothing_is_refused_and_does_not_follow() -> None:
    claims = [ClaimModel(measure=57, verdict="eligible"), ClaimModel(measure=57), ClaimModel(measure=999)]
    with pytest.raises(ArgumentError) as caught:
        verify(check({}, BOOK, as_of=DAY), claims)
    assert [str(each.location) for each in caught.value.problems] == ["claims[1]", "claims[2]"]
    assert {each.code for each in caught.value.problems} == {"H013"}


def test_what_is_otherwise_contradicts() -> None:
    found = one(AGENCY, measure=86, verdict="eligible")
    assert found.status == "contradicts"
    assert found.verdict == "ineligible"
    assert found.why
    assert found.possible == ["ineligible"]
    assert one({}, measure=144, verdict="eligible").status == "contradicts"
    assert one({**AGENCY, **KEPT}, measure=57, verdict="ineligible").status == "contradicts"


def test_what_the_profile_leaves_open_depends() -> None:
    limits = one(AGENCY, measure=57, verdict="eligible")
    assert limits.status == "depends_on"
    assert {each.fact for each in limits.depends_on} == {"limits.57.taiwan", "limits.57.outbound-chinese-citizens"}
    assert set(limits.possible) == {"eligible", "ineligible"}
    facts = one({"city": "成都", "sector": "7291"}, measure=57, verdict="eligible")
    assert facts.status == "depends_on"
    assert {"activities", "foreign_share", "entity_kind"} <= {each.fact for each in facts.depends_on}
    assert "city" not in {each.fact for each in facts.depends_on}


@pytest.mark.parametrize("quote", ["允许在当地设立", "外商投资旅行社可以经营", "…", "", "业务中国公民……允许"])
def test_words_that_do_not_stand_there_are_misquoted(quote: str) -> None:
    found = one({**AGENCY, **KEPT}, measure=57, verdict="eligible", quote=quote)
    assert found.status == "misquoted"
    assert found.words
    assert any(found.words in text for text in (BOOK.measure(57).text, *BOOK.documents["plan-2025-84"].notes.values()))
    assert found.verdict == "eligible"


@settings(max_examples=drawn(8))
@given(st.data())
def test_it_depends_exactly_when_a_completion_moves_the_verdict(data: st.DataObject) -> None:
    profile: Profile = data.draw(profiles(BOOK))
    assessment = check(profile, BOOK)
    measures = data.draw(st.lists(st.sampled_from(BOOK.measures), min_size=8, max_size=8))
    found = verify(assessment, [ClaimModel(measure=each.row, verdict="eligible") for each in measures]).claims
    completions = Completions(assessment.facts, BOOK)
    for claim, measure in zip(found, measures, strict=True):
        moved = measure.condition is not None and not completions.of(measure.condition).settled
        assert (claim.status == "depends_on") is moved
        assert bool(claim.depends_on) is moved
        if not moved:
            assert (claim.status == "follows") is (assessment.finding(measure.row).bucket == "eligible")
