"""Value classes and their product: every entity is in one cell, whose verdicts equal those of `model.evaluate`."""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from applicability import Profile, Rulebook, load_rulebook
from applicability.analysis.classes import Column, View, given_by, unions, vector_of
from applicability.analysis.product_space import CellVerdicts, ProductSpace, ProductSpaces
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import Condition, Leaf, bare, leaves
from applicability.model.derive import derive
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.model.leaf_kinds import PLACE, column_of, limit_key

from ..examples import drawn, part
from ..strategies import whole_profiles

BOOK = load_rulebook()
SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
DAY = datetime.date(2026, 11, 1)
BOOKS = {"plan": BOOK, "small": SMALL}
ASKED = {name: ProductSpaces(DAY) for name in BOOKS}
ANY_DAY = {name: ProductSpaces(DAY, any_day=True) for name in BOOKS}


def conditions(book: Rulebook) -> list[Condition]:
    return [measure.condition for measure in book.measures if measure.condition is not None]


def spaces_of(name: str, spaces: dict[str, ProductSpaces]) -> list[tuple[Condition, ProductSpace]]:
    book = BOOKS[name]
    return [(condition, spaces[name].of((book, condition))) for condition in conditions(book)]


@functools.cache
def on_the_day(name: str) -> list[tuple[Condition, ProductSpace]]:
    return spaces_of(name, ASKED)


@functools.cache
def on_any_day(name: str) -> list[tuple[Condition, ProductSpace]]:
    return spaces_of(name, ANY_DAY)


def read(column: Column, facts: object, book: Rulebook) -> tuple[object, ...]:
    return tuple(leaf_verdict(leaf, facts, book) for leaf in column.leaves)  # type: ignore[arg-type]


def not_represented(space: ProductSpace, facts: object, book: Rulebook) -> list[str]:
    """The columns without a class that has the verdicts of those facts.

    Of limits side by side one represents all of them; the others have one class.
    """
    return [
        column.name
        for column in space.columns
        if not (limit_key(column.name) and len(column.classes) == 1)
        and read(column, facts, book) not in {each.vector for each in column.classes}
    ]


@pytest.mark.thorough
@given(profile=whole_profiles(BOOK))
@settings(max_examples=drawn(150))
def test_whatever_a_profile_says_a_class_stands_for_it(profile: Profile) -> None:
    facts = read_facts(profile, BOOK, DAY)
    for _, space in on_the_day("plan"):
        assert not_represented(space, facts, BOOK) == []


@pytest.mark.thorough
@given(profile=whole_profiles(BOOK))
@settings(max_examples=drawn(60))
def test_so_it_does_on_whatever_day(profile: Profile) -> None:
    facts = read_facts(profile, BOOK)
    for _, space in on_any_day("plan"):
        assert not_represented(space, facts, BOOK) == []


@pytest.mark.thorough
@given(zones=st.sets(st.sampled_from(sorted(BOOK.gazetteer.zones)), max_size=3), data=st.data())
def test_several_zones_and_types_at_once_have_a_class(zones: set[str], data: st.DataObject) -> None:
    gazetteer = BOOK.gazetteer
    held = [one for one in sorted(zones) if all(gazetteer.overlap(one, other) for other in zones)]
    inside = sorted(code for code in gazetteer.divisions if all(gazetteer.overlap(code, one) for one in held))
    types = data.draw(st.none() | st.lists(st.sampled_from(sorted(gazetteer.zone_types)), max_size=3))
    code = data.draw(st.sampled_from(inside))
    given_ = {"city": code, "zones": held, **({} if types is None else {"zone_types": types})}
    facts = read_facts(Profile(**given_), BOOK, DAY)
    for _, space in on_the_day("plan"):
        for column in space.columns:
            if column.name == PLACE:
                assert read(column, facts, BOOK) in {each.vector for each in column.classes}, given_


@pytest.mark.parametrize("name", [pytest.param("plan", marks=pytest.mark.thorough), "small"])
def test_a_cell_says_what_a_check_of_its_profile_says(name: str) -> None:
    book = BOOKS[name]
    for condition, space in on_any_day(name):
        for number, cell in enumerate(space.cells()):
            facts = read_facts(Profile(**cell.given()), book, None if "as_of" in cell.given() else DAY)
            assert (verdict(condition, facts, book),) == cell.verdicts
            if number > 300:  # simplest cells first; the rest is the same product
                break


def test_a_profile_in_which_facts_contradict_is_no_cell() -> None:
    third = SMALL.measure(3).condition
    assert third is not None
    space = ProductSpaces(DAY).of((SMALL, third))
    assert {column.name for column in space.columns} >= {"foreign_share", "foreign_invested"}
    cells = list(space.cells())
    assert 0 < len(cells) < space.size
    for cell in cells:
        assert derive(cell.facts(DAY), SMALL)[1] == ()


@pytest.mark.thorough
def test_the_whole_plan_has_few_cells() -> None:
    sizes = [space.size for _, space in on_the_day("plan")]
    assert len(sizes) == sum(measure.condition is not None for measure in BOOK.measures)
    assert max(sizes) < 400_000  # row 29: four findings and three limits, with three classes each


def test_columns_name_what_a_leaf_reads() -> None:
    for condition in conditions(BOOK):
        for leaf in leaves(condition):
            name = column_of(leaf)
            known = name in ("place", "business") or name in BOOK.facts or name in BOOK.judgements
            assert known or limit_key(name) in BOOK.limits


@given(
    st.lists(st.frozensets(st.sampled_from("abcdef")), max_size=4),
    st.frozensets(st.sampled_from("abcdef")),
)
def test_unions_meet_sets_in_every_way_that_any_set_does(sets: list[frozenset[str]], held: frozenset[str]) -> None:
    met = tuple(bool(held & wanted) for wanted in sets)
    assert met in {tuple(bool(one & wanted) for wanted in sets) for one in unions("abcdef", sets)}


def test_a_vector_reads_every_rulebook_by_its_own_places() -> None:
    row = BOOK.measure(93).condition
    assert row is not None
    own: tuple[Leaf, ...] = tuple(leaf for leaf in leaves(row) if column_of(leaf) == PLACE)
    view: View = (BOOK, own)
    for each in ProductSpaces(DAY).column(BOOK, PLACE, own).classes:
        assert vector_of(each.sample, [view, view], DAY) == each.vector * 2


def test_cells_that_no_condition_tells_apart_come_once_with_their_number() -> None:
    merged = 0
    spaces = ProductSpaces(DAY, any_day=True)
    for measure in part(BOOK.measures, 3):
        if measure.condition is None:
            continue
        space = spaces.of((BOOK, measure.condition), (BOOK, bare(measure.conditions[-1])))
        if space.size > 1000:
            continue
        counts: Counter[CellVerdicts] = Counter()
        first: dict[CellVerdicts, dict[str, object]] = {}
        for samples, verdicts, cells in space.walk_merged():
            counts[verdicts] += cells
            first.setdefault(verdicts, given_by(samples()))
            merged += 1
        every = list(space.walk())
        assert counts == Counter(verdicts for _, verdicts in every)
        alone: dict[CellVerdicts, dict[str, object]] = {}
        for samples, verdicts in every:
            if verdicts not in alone:
                alone[verdicts] = given_by(samples())
        assert first == alone
        merged -= len(every)
    assert merged < 0
