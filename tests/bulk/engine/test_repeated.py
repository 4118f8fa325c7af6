"""A screening that is repeated with the same rulebook leaves no further conditions in memory."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from applicability import Rulebook, load_rulebook, screen
from applicability.model.conditions import All, Any_, Not, Number, OneOf

from .tables import DAY, screened, table_of

SMALL = load_rulebook(Path(__file__).parents[2] / "data" / "small-rulebook")
TOLD = [{"city": "上海", "foreign_share": 60, "registered_capital": 5, "entity_kind": "sole-proprietorship"}]


def combinations() -> int:
    """How many combinations of conditions are in memory."""
    gc.collect()
    return sum(type(one) in (All, Any_, Not) for one in gc.get_objects())


def left_by(work: Callable[[], Any]) -> int:
    """How many combinations more there are after work that has been done before."""
    work()
    before = combinations()
    for _ in range(3):
        work()
    return combinations() - before


def with_negation(kind: type[All | Any_]) -> Rulebook:
    """The small rulebook, with a negation that reads facts of several groups."""
    share = Number("foreign_share", (("above", Decimal(50)),))
    capital = Number("registered_capital", (("at_least", Decimal(1)),))
    entity = OneOf("entity_kind", frozenset({"sole-proprietorship"}))
    first = next(one for one in SMALL.measures if one.usable)
    limb = replace(first.limbs[0], when=Not(kind((Not(kind((share, capital))), entity))))
    changed = replace(first, limbs=(limb, *first.limbs[1:]))
    return replace(SMALL, measures=tuple(changed if one is first else one for one in SMALL.measures))


def test_with_rows_that_an_instrument_opens_beyond_their_scope() -> None:
    assert any(one.own_scope is not None for one in SMALL.measures)
    register = pa.table({"city": ["上海", "天津"], "foreign_share": ["60", "5"]})
    assert left_by(lambda: screen(register, SMALL, as_of=DAY)) == 0


@pytest.mark.parametrize("kind", [All, Any_])
def test_with_a_negation_of_several_facts(kind: type[All | Any_]) -> None:
    book = with_negation(kind)
    assert left_by(lambda: screened(table_of(TOLD, book), book)) == 0
