"""The reach map: each cell is the maximum over everybody in the place, no more and no less."""

from __future__ import annotations

import datetime
import functools
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, check, load_rulebook
from applicability.analysis.reach_map import ReachMap, reach_map
from applicability.model.assessment import BUCKETS

from ..examples import drawn
from ..strategies import facts_of, without_contradictions

# The map of the plan takes seconds; that of the command line is tested as well.
pytestmark = pytest.mark.thorough

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 1)
PLACES = ("120000", "310000", "500000", "320500", "110000", "430100", "120116")


@functools.cache
def atlas() -> ReachMap:
    return reach_map(BOOK, PLACES, DAY)


@given(
    place=st.sampled_from(PLACES),
    facts=st.fixed_dictionaries({}, optional=facts_of(BOOK)).map(without_contradictions),
    data=st.data(),
)
@settings(max_examples=drawn(80))
def test_nobody_does_better_in_a_place_than_the_reach_map_says(
    place: str, facts: dict[str, object], data: st.DataObject
) -> None:
    gazetteer = BOOK.gazetteer
    inside = [z for z, one in gazetteer.zones.items() if all(gazetteer.lies_in(a, place) for a in one.divisions)]
    where: dict[str, object] = {"city": place}
    if data.draw(st.booleans()):
        where["zones"] = data.draw(st.lists(st.sampled_from(sorted(inside)), max_size=1)) if inside else []
    found = check(Profile(**where, **facts), BOOK, as_of=DAY, engine="reference")
    index = PLACES.index(place)
    for finding, row in zip(found, atlas().rows, strict=True):
        if finding.verdict is not None:
            assert BUCKETS.index(finding.bucket) >= BUCKETS.index(row.buckets[index]), row.measure.row


def test_a_place_outside_the_pilots_opens_only_what_is_nationwide() -> None:
    index = PLACES.index("430100")
    assert {row.measure.row for row in atlas().rows if row.buckets[index] in ("eligible", "conditional")} == {99}


def test_a_row_tells_its_places_sectors_and_shares() -> None:
    first = atlas().rows[0]
    assert first.activities == ("domestic-ip-vpn",)
    assert first.sectors is not None
    assert "63" in first.sectors
    assert first.shares is not None
    (share,) = first.shares
    assert (share.low, share.low_open, share.high, share.high_open) == (Decimal(0), True, Decimal(50), False)
    assert first.buckets[PLACES.index("310000")] == "eligible"
    assert first.buckets[PLACES.index("320500")] == "pending"


def test_what_an_authority_must_find_is_not_taken_as_found() -> None:
    row = next(row for row in atlas().rows if row.measure.row == 22)
    assert row.buckets[PLACES.index("310000")] == "conditional"


def test_totals_and_chapters_add_up() -> None:
    for index, total in enumerate(atlas().totals):
        assert sum(total.values()) == len(BOOK.measures)
        assert sum(atlas().chapters(index).values()) == total["eligible"] + total["conditional"]
