"""A comparison does not change verdicts, and its totals and ranks are derived from them."""

from __future__ import annotations

import datetime

from hypothesis import given, settings, strategies as st

from applicability import Profile, check, decisions, load_rulebook
from applicability.analysis.comparison import Comparison

from ..examples import drawn
from ..strategies import profiles

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 1)


def compared(*given_: Profile) -> Comparison:
    return decisions.compare(
        [decisions.Candidate(str(n), one, DAY) for n, one in enumerate(given_)], BOOK, engine="reference"
    )


@given(given_=st.lists(profiles(BOOK), min_size=1, max_size=3))
@settings(max_examples=drawn(20))
def test_every_column_is_the_check_of_its_profile(given_: list[Profile]) -> None:
    comparison = compared(*given_)
    for index, profile in enumerate(given_):
        alone = check(profile, BOOK, as_of=DAY, engine="reference")
        found = {row.measure.key: row.buckets[index] for row in comparison.rows}
        assert found == {finding.measure.key: finding.bucket for finding in alone}
        assert comparison.totals[index] == alone.counts
        assert sum(comparison.forces[index].values()) == len(alone.open)


def test_rows_that_differ_stand_first() -> None:
    rows = compared(Profile(city="成都", sector="7291", foreign_share=40), Profile(city="苏州")).rows
    differs = [row.differs for row in rows]
    assert differs == sorted(differs, reverse=True)
    assert any(differs)
    assert len(rows) == len(BOOK.measures)


def test_a_profile_beside_itself_does_not_differ_and_shares_its_rank() -> None:
    same = Profile(city="成都", activities=["travel-agency"], foreign_share=40)
    comparison = compared(same, same)
    assert not any(row.differs for row in comparison.rows)
    assert [(rank.place, rank.gains, rank.losses) for rank in comparison.ranking] == [(1, (), ()), (1, (), ())]


def test_the_best_alternative_says_what_it_opens_and_loses() -> None:
    agency = Profile(
        city="苏州", activities=["travel-agency"], foreign_share=40, entity_kind="enterprise", registered_here="yes"
    )
    comparison = compared(agency, agency.but(city="成都"))
    first, second = comparison.ranking
    assert (first.index, first.place, second.place) == (1, 1, 2)
    assert 57 in {measure.row for measure in first.gains}
    assert first.losses == ()
    assert first.open == len(comparison.alternatives[1].open)
