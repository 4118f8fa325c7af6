"""Samples of whereabouts: they cover all that can be stated, and are the first that an enumeration of all meets."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from applicability import Rulebook, decisions, load_rulebook
from applicability.analysis import difference
from applicability.analysis.classes import Sample, Vector, View
from applicability.analysis.place_answers import PlaceAnswers
from applicability.analysis.place_classes import days_of, place_samples
from applicability.errors import ProfileError
from applicability.model.conditions import Condition, Leaf, Overtaken, Step, Within, ZoneType, leaves
from applicability.model.leaf_kinds import PLACE, column_of
from applicability.model.places import Gazetteer, Zone, ZoneKind
from applicability.model.rulebook import Entry, EntryKind
from applicability.text import Text

from ..examples import drawn
from .place_enumeration import enumerated, every_whereabouts, vectors_of

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from large_diff import register_of_steps

BOOK = load_rulebook()
SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
DAY = datetime.date(2026, 11, 1)
DOCUMENT = SMALL.measures[0].document
CODES = ("120000", "120101", "120116", "320000", "320500", "320506")
TYPES = {"a": (), "b": ("a",), "c": ()}
NOTHING = Text("例", "example")


@st.composite
def gazetteers(draw: st.DrawFn) -> Gazetteer:
    """Six divisions on three levels, and up to four zones, some within others and some across divisions."""
    places = SMALL.gazetteer
    divisions = {code: places.divisions[code] for code in CODES}
    kinds = {id: ZoneKind(id, id, id, under) for id, under in TYPES.items()}
    zones: dict[str, Zone] = {}
    for id in ("v", "w", "x", "y")[: draw(st.integers(0, 4))]:
        areas = tuple(sorted(draw(st.sets(st.sampled_from(CODES), min_size=1, max_size=2))))
        types = tuple(sorted(draw(st.sets(st.sampled_from(sorted(TYPES)), max_size=2))))
        whole = draw(st.integers(0, 3)) == 0
        around = [
            other.id
            for other in zones.values()
            if all(any(areas_ in places.path(area) for areas_ in other.divisions) for area in areas)
        ]
        part_of = tuple(one for one in around if draw(st.booleans()))
        zones[id] = Zone(id, id, id, id, (), areas, part_of, types, whole)
    return Gazetteer(divisions, zones, kinds)


@st.composite
def rulebooks(draw: st.DrawFn, gazetteer: Gazetteer) -> Rulebook:
    """Up to four entries of a register for row 1, which begin and end on a few days."""
    days = [DAY + datetime.timedelta(days=number) for number in range(4)]
    entries = []
    for number in range(draw(st.integers(0, 4))):
        kinds: tuple[EntryKind, ...] = ("records", "overtakes")
        kind = draw(st.sampled_from(kinds))
        begins = draw(st.integers(0, 2))
        ends = draw(st.none() | st.integers(begins, 2))
        step = draw(st.sampled_from(("opt-in", "study", None))) if kind == "records" else None
        # Everywhere, seldom.
        places = draw(_places(gazetteer)) if draw(st.integers(0, 5)) else ()
        expires = None if ends is None else days[ends]
        rows = frozenset((1,))
        entry = Entry(f"e{number}", kind, days[begins], NOTHING, NOTHING, "user", places, rows, DOCUMENT, step)
        entries.append(replace(entry, expires=expires))
    return replace(SMALL, gazetteer=gazetteer, register=tuple(entries))


def _places(gazetteer: Gazetteer) -> st.SearchStrategy[tuple[str, ...]]:
    known = (*gazetteer.divisions, *gazetteer.zones)
    return st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True).map(tuple)


def _leaves(gazetteer: Gazetteer) -> st.SearchStrategy[tuple[Leaf, ...]]:
    kinds: st.SearchStrategy[Leaf] = st.one_of(
        _places(gazetteer).map(Within),
        st.sets(st.sampled_from(sorted(TYPES)), min_size=1, max_size=2).map(lambda own: ZoneType(frozenset(own))),
        st.sampled_from((Step("opt-in", 1, DOCUMENT), Step("study", 1, DOCUMENT), Overtaken(1, DOCUMENT))),
    )
    return st.lists(kinds, max_size=3, unique=True).map(tuple)


class Views(list[View]):
    """Views that show themselves in brief: without the divisions, and what else a rulebook has."""

    def __repr__(self) -> str:
        return "\n".join(f"{leaves}\n  {book.gazetteer.zones}\n  {book.register}" for book, leaves in self)


@st.composite
def two_views(draw: st.DrawFn) -> Views:
    """Leaves of one or two rulebooks, which may place the zones differently."""
    gazetteer = draw(gazetteers())
    other = gazetteer if draw(st.booleans()) else draw(gazetteers())
    books = [draw(rulebooks(one)) for one in (gazetteer, other)[: draw(st.integers(1, 2))]]
    return Views((book, draw(_leaves(book.gazetteer))) for book in books)


def first_by_day(
    samples: Iterable[Sample], views: list[View], days: tuple[datetime.date, ...]
) -> list[dict[Vector, Sample]]:
    found: list[dict[Vector, Sample]] = [{} for _ in days]
    for sample in samples:
        for own, vector in zip(found, vectors_of(sample, views, days), strict=True):
            own.setdefault(vector, sample)
    return found


def dated(views: Views) -> tuple[tuple[datetime.date, ...], list[dict[Vector, Sample]]]:
    """The days, and on each the first sample with each vector."""
    days = days_of(views) or (DAY,)
    return days, first_by_day(place_samples(views, PlaceAnswers(views, days)), views, days)


@given(views=two_views())
@settings(max_examples=drawn(400))
def test_samples_give_every_vector_that_whereabouts_can_have(views: Views) -> None:
    days, found = dated(views)
    every = (Sample(whereabouts=one) for one in every_whereabouts(views))
    assert [set(one) for one in found] == [set(one) for one in first_by_day(every, views, days)]


@given(views=two_views())
@settings(max_examples=drawn(400))
def test_they_are_the_first_of_the_enumeration(views: Views) -> None:
    days, found = dated(views)
    for own, before in zip(found, first_by_day(enumerated(views, days), views, days), strict=True):
        assert {vector: own[vector] for vector in before} == before
        # What the enumeration met only with sets of more zones than it tried comes after.
        assert list(own)[: len(before)] == list(before)


@given(views=two_views())
@settings(max_examples=drawn(400))
def test_of_each_vector_the_first_sample_of_the_latest_day_is_kept(views: Views) -> None:
    days, found = dated(views)
    every: dict[Vector, tuple[Sample, datetime.date]] = {}
    for day, own in zip(days, found, strict=True):  # the latest first
        for vector, sample in own.items():
            every.setdefault(vector, (sample, day))
    answers = PlaceAnswers(views, days)
    kept = answers.latest_of_each(place_samples(views, answers))
    assert kept == list(every.values())


@given(gazetteer=gazetteers())
@settings(max_examples=drawn(40))
def test_of_many_places_only_those_near_need_be_asked_for(gazetteer: Gazetteer) -> None:
    every = (*gazetteer.divisions, *gazetteer.zones)
    view = (replace(SMALL, gazetteer=gazetteer), (Within(every),))
    for whereabouts in every_whereabouts([view]):
        near = set(gazetteer.near(every, whereabouts))
        assert all(place in near or gazetteer.within(whereabouts, place) is False for place in every)


def place_view(book: Rulebook, condition: Condition) -> View:
    return book, tuple(leaf for leaf in leaves(condition) if column_of(leaf) == PLACE)


@pytest.mark.parametrize("book", [SMALL, pytest.param(BOOK, marks=pytest.mark.thorough)], ids=["small", "plan"])
def test_so_they_are_for_every_row(book: Rulebook) -> None:
    for condition in (one.condition for one in book.measures):
        if condition is not None:
            views = Views([place_view(book, condition)])
            days, found = dated(views)
            assert found == first_by_day(enumerated(views, days), views, days)


@pytest.fixture(scope="module")
def many_places(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The plan with twelve entries for all rows, each for 27 places of every level, six zones among them."""
    file = tmp_path_factory.mktemp("registers") / "zones.yaml"
    file.write_text(yaml.safe_dump(register_of_steps("zones", BOOK)), encoding="utf-8")
    return load_rulebook(register=file)


def test_a_register_of_many_places_has_few_samples(many_places: Rulebook) -> None:
    """There were 512,209 for row 1 of such a register."""
    for row in (1, 4):
        conditions = [(book, book.measure(row).condition) for book in (BOOK, many_places)]
        views = [place_view(book, condition) for book, condition in conditions if condition is not None]
        samples = list(place_samples(views, PlaceAnswers(views, days_of(views))))
        assert 1_000 < len(samples) < 10_000


def test_its_rows_are_compared_whole(many_places: Rulebook) -> None:
    rows = {1, 57, 89}
    before, after = (
        replace(book, measures=tuple(one for one in book.measures if one.row in rows)) for book in (BOOK, many_places)
    )
    found = decisions.diff(before, after)  # verifies every witness
    assert found.complete
    assert {row.key[1] for row in found.rows} == rows


def test_registers_that_are_too_large_are_refused(many_places: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a row is done that takes longer than allowed; what takes no longer is compared."""
    monkeypatch.setattr(difference, "ANSWERS", 1_000)
    with pytest.raises(ProfileError) as raised:
        decisions.diff(BOOK, many_places)
    (problem,) = raised.value.problems
    assert problem.code == "U008"
    assert problem.what.zh.startswith("登记册过大")
    assert problem.what.en.startswith("the registers are too large to compare")
    assert problem.mend is not None
    assert "`rows`" in problem.mend.zh
    assert "`rows`" in problem.mend.en
    assert not decisions.diff(BOOK, BOOK).rows


def test_a_hundred_entries_of_forty_places_are_compared(tmp_path: Path) -> None:
    """They were not in 280 seconds for all rows; here for two of them."""
    file = tmp_path / "many.yaml"
    file.write_text(yaml.safe_dump(register_of_steps("many", BOOK)), encoding="utf-8")
    before, after = (
        replace(book, measures=tuple(one for one in book.measures if one.row in {1, 57}))
        for book in (BOOK, load_rulebook(register=file))
    )
    found = decisions.diff(before, after)
    assert found.complete
    assert [row.key[1] for row in found.rows] == [1, 57]


@pytest.mark.thorough
def test_all_its_rows_are_compared_whole(many_places: Rulebook) -> None:
    found = decisions.diff(BOOK, many_places)
    assert found.complete
    assert len(found.rows) > 100
