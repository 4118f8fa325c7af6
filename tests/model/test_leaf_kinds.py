"""The table of leaves: what each reads is what it can be moved by."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from applicability import Profile, load_rulebook
from applicability.analysis.decidable_rows import DecidableRow
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import Leaf, Step, Within, ZoneType, leaves
from applicability.model.evaluate import leaf_verdict
from applicability.model.leaf_kinds import reads
from applicability.model.verdict import Verdict

BOOK = load_rulebook()
DAY = datetime.date(2026, 11, 1)
LEAVES = tuple(
    dict.fromkeys(leaf for one in BOOK.measures if one.condition is not None for leaf in leaves(one.condition))
)


def verdict_on(leaf: Leaf, given: Mapping[str, object]) -> Verdict:
    return leaf_verdict(leaf, read_facts(Profile(**given), BOOK, DAY), BOOK)


def test_types_of_zones_that_an_entity_is_not_in_shut_a_zone() -> None:
    nansha, here = Within(("nansha-cbz",)), {"city": "440115"}
    assert verdict_on(nansha, here) is Verdict.NEEDS_INFO
    assert verdict_on(nansha, {**here, "zone_types": []}) is Verdict.INELIGIBLE
    assert "zone_types" in reads(nansha)


@pytest.mark.parametrize(
    "more",
    [{"city": "310000"}, {"city": "440100", "district": "440115"}, {"zones": ["nansha-cbz"]}, {"zone_types": []}],
    ids=lambda more: "-".join(more),
)
def test_a_leaf_is_moved_by_the_facts_that_it_reads_alone(more: Mapping[str, object]) -> None:
    for leaf in LEAVES:
        if verdict_on(leaf, {}) is not verdict_on(leaf, more):
            assert set(reads(leaf)) & set(more), leaf


def test_a_row_and_the_table_tell_the_same() -> None:
    for one in BOOK.measures:
        if one.condition is not None:
            row = DecidableRow(one.condition, BOOK)
            for fact in ("zone_types", "city", "sector", "activities", "foreign_share"):
                assert row.reading(fact) == tuple(n for n, leaf in enumerate(row.leaves) if fact in reads(leaf))


def test_a_step_and_a_type_read_the_place() -> None:
    assert {"city", "zones"} <= set(reads(Step("opt-in", 57, "plan"))) & set(reads(ZoneType(frozenset({"ftz"}))))
