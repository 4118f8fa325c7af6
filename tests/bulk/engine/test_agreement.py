"""A screening gives every company the verdicts of a check: on the plan, on a small rulebook, on generated ones."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Rulebook, load_rulebook
from applicability.api import screener
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.row_profiles import profile_of
from applicability.model.conditions import All, Any_, Condition, Does, InSector, Leaf, Not, Number, OneOf, leaves
from applicability.model.measure import Measure

from ...examples import drawn, part
from ...strategies import profiles
from .tables import DAY, checked, screened, table_of, verdicts

sys.path.append(str(Path(__file__).parents[3] / "benchmarks"))
from company_table import COMPANY, Register

BOOK = load_rulebook()
SMALL = load_rulebook(Path(__file__).parents[2] / "data" / "small-rulebook")


def investors(book: Rulebook) -> st.SearchStrategy[list[dict[str, Any]]]:
    origin = st.sampled_from(sorted(book.facts["investors"].values))
    share = st.sampled_from([0, 10, 25.5, 50, 100])
    return st.lists(st.fixed_dictionaries({"origin": origin, "share": share}), min_size=1, max_size=3)


def companies(book: Rulebook) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some companies, a few with investors, consistent with their other facts or not."""
    plain = profiles(book).map(lambda profile: dict(profile.facts))
    held = st.none() | st.none() | investors(book)
    one = st.builds(lambda own, told: own if told is None else {**own, "investors": told}, plain, held)
    return st.lists(one, min_size=1, max_size=12)


def agree(told: list[dict[str, Any]], book: Rulebook) -> None:
    assert verdicts(screened(table_of(told, book), book)) == [checked(company, book) for company in told]


@given(told=companies(BOOK))
@settings(max_examples=drawn(40))
def test_on_the_plan(told: list[dict[str, Any]]) -> None:
    agree(told, BOOK)


@given(told=companies(SMALL))
@settings(max_examples=drawn(100))
def test_on_a_rulebook_whose_facts_follow_from_each_other(told: list[dict[str, Any]]) -> None:
    agree(told, SMALL)


def own_leaves(book: Rulebook) -> st.SearchStrategy[Leaf]:
    """The leaves of the rulebook, and others over the same facts."""
    measures = [one.condition for one in book.measures if one.condition is not None]
    held = list(dict.fromkeys(leaf for one in measures for leaf in leaves(one)))
    activities = st.sets(st.sampled_from(sorted(book.sectors.activities)), min_size=1, max_size=2)
    codes = st.sets(st.sampled_from(sorted(book.sectors.codes)), min_size=1, max_size=2)
    return st.sampled_from(held) | activities.map(lambda found: Does(frozenset(found))) | codes.map(
        lambda found: InSector(tuple(sorted(found)))
    ) | comparisons(book)  # fmt: skip


def comparisons(book: Rulebook) -> st.SearchStrategy[Leaf]:
    """Leaves that may occur under `not`."""
    found: list[st.SearchStrategy[Leaf]] = []
    for name, declaration in book.facts.items():
        if declaration.type in ("percent", "number"):
            limit = st.sampled_from([Decimal(0), Decimal("49.99"), Decimal(50), Decimal(100)])
            bound = st.sampled_from(["above", "at_least", "below", "at_most"])
            found.append(st.builds(lambda b, limit, name=name: Number(name, ((b, limit),)), bound, limit))
        elif declaration.type in ("choice", "choices"):
            keys = st.sets(st.sampled_from(sorted(declaration.values)), min_size=1, max_size=3)
            found.append(keys.map(lambda values, name=name: OneOf(name, frozenset(values))))  # type: ignore[misc]
    return st.one_of(found)


def several(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    """All or any of some conditions, possibly none."""
    some = st.lists(parts, max_size=4).map(tuple)
    return st.builds(lambda kind, parts: kind(parts), st.sampled_from([All, Any_]), some)


def conditions(book: Rulebook) -> st.SearchStrategy[Condition]:
    """Conditions of any shape; some need more terms than masks can hold."""
    plain: st.SearchStrategy[Condition] = comparisons(book)
    negated = st.builds(Not, st.recursive(plain, several, max_leaves=6))
    return st.recursive(own_leaves(book) | negated, several, max_leaves=24)


def with_conditions(book: Rulebook, own: list[Condition]) -> Rulebook:
    """The rulebook with those conditions in the first limb of its rows."""

    def rewritten(measure: Measure, condition: Condition) -> Measure:
        if not measure.limbs:
            return measure
        return replace(measure, limbs=(replace(measure.limbs[0], when=condition), *measure.limbs[1:]))

    return replace(book, measures=tuple(map(rewritten, book.measures, own)))


@given(
    own=st.lists(conditions(SMALL), min_size=len(SMALL.measures), max_size=len(SMALL.measures)), told=companies(SMALL)
)
@settings(max_examples=drawn(60))
def test_on_made_up_rulebooks(own: list[Condition], told: list[dict[str, Any]]) -> None:
    book = with_conditions(SMALL, own)
    for one in told:  # a finding on a judgement that no row asks for is an error; so for limits
        one["determinations"] = {key: found for key, found in one["determinations"].items() if key in book.judgements}
        one["limits"] = {key: kept for key, kept in (one.get("limits") or {}).items() if key in book.limits} or None
    agree(told, book)


@pytest.mark.thorough
def test_a_condition_of_many_terms_is_decided_all_the_same() -> None:
    keys = sorted(BOOK.judgements)[:9]
    most = All(tuple(Any_(five) for five in combinations(map(BOOK.judgements.__getitem__, keys), 5)))  # 126 terms
    first = next(measure for measure in BOOK.measures if measure.usable)
    wide = replace(first, limbs=(*first.limbs, replace(first.usable[0], when=most)))
    book = replace(BOOK, measures=tuple(wide if one is first else one for one in BOOK.measures))
    told: list[dict[str, Any]] = [
        {"city": "天津", "determinations": {key: place % 3 > 0 for place, key in enumerate(keys[start:stop])}}
        for start in range(9)
        for stop in range(start, 10)
    ]
    screen = screener([f"determinations.{key}" for key in keys], book, as_of=DAY)
    nobody = screen.encode(CellTable({name: [None] for name in screen.columns}, 1))
    assert screen.decider(nobody).apart
    agree(list(part(told, 0)), book)


@pytest.mark.parametrize("distinct", [False, True])
def test_on_generated_companies_of_which_something_is_known_in_part(distinct: bool) -> None:
    batch = Register(BOOK, 7, distinct=distinct, parts=True).batch(60)
    facts = [name for name in batch.schema.names if name != COMPANY]
    told = [profile_of(row) for row in batch.select(facts).to_pylist()]
    for word in ("yes", "no", "above", "at_most"):
        assert any(word in value for one in told for value in one.values() if isinstance(value, dict)), word
    assert any(one.get("investors") for one in told)
    expected = [checked(one, BOOK) for one in told]
    assert verdicts(screened(batch, BOOK)) == expected
    assert sum(one is not None for one in expected) > 30
    # The companies of the published benchmarks are drawn as before.
    plain = Register(BOOK, 7, distinct=distinct).batch(60)
    assert not [name for name in plain.schema.names if name.endswith((".yes", ".no", ".above"))]
    assert plain.column("city").equals(batch.column("city"))


@pytest.mark.thorough
@pytest.mark.parametrize("distinct", [False, True])
def test_on_a_register_of_generated_companies(distinct: bool) -> None:
    batch = Register(BOOK, 7, distinct=distinct).batch(400)
    facts = [name for name in batch.schema.names if name != COMPANY]
    expected = [checked(profile_of(row), BOOK) for row in batch.select(facts).to_pylist()]
    assert verdicts(screened(batch, BOOK)) == expected
    assert verdicts(screened(batch, BOOK, threads=2)) == expected
    assert (None in expected) is not distinct
